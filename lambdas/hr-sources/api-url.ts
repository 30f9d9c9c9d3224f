import * as z from 'zod';
import { addressIn, isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** Where an HR system's API is read: the host is fixed here, and never taken from what somebody sends. */
export const fixedApiUrlSchema = z
  .url({ abort: true })
  .refine(isHttpsOrLoopback, 'would send the API’s credentials unencrypted')
  .refine(leadsOutside, 'leads into a private network')
  .refine(isPlain, 'has more than a host and a path: no user, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));

/** Another address of an HR system's API than the vendor's own: a sandbox, or a stand-in on this machine. */
export const apiUrlSchema = fixedApiUrlSchema
  .optional()
  .describe('an https address; leave it out for the vendor’s own');

function isHttpsOrLoopback(url: string): boolean {
  const parsed = new URL(url);
  return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isThisMachine(parsed));
}

/** An address in digits; names are judged by where they lead when they are read. */
function leadsOutside(url: string): boolean {
  const parsed = new URL(url);
  const address = addressIn(parsed);
  return address === undefined || isPublicAddress(address) || isThisMachine(parsed);
}

function isThisMachine(url: URL): boolean {
  return url.hostname === 'localhost' || isLoopbackAddress(addressIn(url) ?? '');
}

function isPlain(url: string): boolean {
  const { username, password, search, hash } = new URL(url);
  return [username, password, search, hash].every((part) => part === '');
}
