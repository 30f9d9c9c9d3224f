import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { hrSystemSchema } from '../../../../lambdas/hr-sources/hr-system.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/hr');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

/** The configuration of the two invented systems. */
export const GENERIC_SYSTEMS = z
  .array(hrSystemSchema.extend({ settings: z.record(z.string(), z.unknown()) }))
  .parse([readJson('generic/systems.json'), readJson('adp-like/hr-system.json')].flat());

export function settingsOf(system: string): Record<string, unknown> {
  return GENERIC_SYSTEMS.find(({ name }) => name === system)?.settings ?? {};
}

const notificationFixture = z.object({ body: z.record(z.string(), z.unknown()) });

/** What a sample sends: `adp-like/terminated`. */
export function readNotification(name: string) {
  return notificationFixture.parse(readJson(`${name}.json`));
}

export const SIGNING_KEY = 'an-example-key-of-a-company';

/** The headers that the system called workday-like signs with. @param timestamp as its header says it */
export function signedLikeWorkday(
  body: string | Uint8Array,
  timestamp: string,
  key = SIGNING_KEY,
): Record<string, string> {
  const signature = createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex');
  return { 'x-timestamp': timestamp, 'x-signature': signature };
}

/** The header that the system called adp-like signs with. */
export function signedLikeAdp(body: string | Uint8Array, key = SIGNING_KEY): Record<string, string> {
  return { 'hook-signature': `v1=${createHmac('sha512', key).update(body).digest('base64')}` };
}
