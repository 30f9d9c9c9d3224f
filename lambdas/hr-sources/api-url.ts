import * as z from 'zod';

/** Another address of an HR system's API than the vendor's own: a sandbox, or a stand-in on this machine. */
export const apiUrlSchema = z
  .url({ abort: true })
  .refine(isHttpsOrLoopback, 'would send the API’s credentials unencrypted')
  .transform((url) => url.replace(/\/+$/, ''))
  .optional()
  .describe('an https address; leave it out for the vendor’s own');

function isHttpsOrLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}
