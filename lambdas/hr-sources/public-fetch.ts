import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addressIn, isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** A host is, or is resolved to, an address in a private network. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** What of `fetch` is needed to read an API. */
export type FetchLike = (
  url: string,
  init: {
    readonly method?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly body: AsyncIterable<Uint8Array> | null }>;

/** Every address of a name, as `lookup` of `node:dns` tells them. */
type ResolveAll = (
  hostname: string,
  options: LookupAllOptions,
  answer: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Fetches from hosts of the internet only: a configured address must not lead into our own network, to the function's
 * own credentials, say. The address that a name is resolved to is checked where the connection is made, so that no
 * second answer of the name server can come between.
 * @param options.isLoopbackAllowed for stand-ins on this machine
 * @throws PrivateAddressError
 */
export function publicFetch({
  isLoopbackAllowed,
  resolve = lookup,
}: {
  readonly isLoopbackAllowed: boolean;
  readonly resolve?: ResolveAll;
}): FetchLike {
  const isAllowed = (address: string) => isPublicAddress(address) || (isLoopbackAllowed && isLoopbackAddress(address));
  const lookupAllowed: LookupFunction = (hostname, options, answer) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return answer(error ?? new PrivateAddressError('no address'), '', 0);
      if (!addresses.every(({ address }) => isAllowed(address))) return answer(new PrivateAddressError(REFUSED), '', 0);
      return options.all ? answer(null, addresses) : answer(null, first.address, first.family);
    });
  };
  return async (url, { method = 'GET', headers, body, signal }) => {
    const target = new URL(url);
    // An address in place of a name is never looked up.
    const address = addressIn(target);
    if (address !== undefined && !isAllowed(address)) throw new PrivateAddressError(REFUSED);
    const request = target.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((settle, fail) => {
      const sent = request(target, { method, headers, signal, lookup: lookupAllowed, agent: false }, (message) =>
        settle({ status: message.statusCode ?? 0, body: message }),
      );
      sent.once('error', fail).end(body);
    });
  };
}

const REFUSED = 'the address leads into a private network';
