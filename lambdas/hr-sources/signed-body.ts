import { systemClock } from '../clock.ts';
import { readVendorTime } from './read-vendor-time.ts';

/** A body as JSON; `undefined` when it is none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * When a delivery was sent, by a time within the body that its signature covers. A signed body without such a time counts
 * as sent now: the vendor did sign it, and refusing what was not foreseen would lose it, while accepting it ends as a
 * parked event at worst.
 */
export function signedMoment(value: unknown): Date {
  return readVendorTime(value) ?? systemClock();
}
