import * as z from 'zod';
import { apiUrlSchema } from '../api-url.ts';
import { HrSystemRefusedError } from '../errors.ts';
import { defineHrSource, type Translation, type Verification, type WebhookDelivery } from '../hr-source.ts';
import { matchesHmac } from '../matches-hmac.ts';
import { readVendorTime } from '../read-vendor-time.ts';
import { keysOf, type SigningKey, signingKeySchema } from '../signing-key.ts';
import { readBambooHrChanges } from './bamboohr-changes.ts';
import { readBambooHrEmployee } from './bamboohr-employee.ts';

const settingsSchema = z.strictObject({
  companyDomain: z
    .string()
    .regex(/^[a-z0-9-]+$/i, 'is not the first part of a BambooHR address')
    .describe('what stands before .bamboohr.com in your BambooHR address, such as "example"'),
  apiUrl: apiUrlSchema,
});

/**
 * BambooHR webhooks, event-based and field-based (https://documentation.bamboohr.com/docs/webhooks,
 * /docs/event-based-webhooks, /docs/field-based-webhooks). No event says "terminated", so that the employee is read after
 * each change of status.
 */
export const bamboohr = defineHrSource({
  kind: 'bamboohr',
  comesBy: 'webhook',
  settings: settingsSchema,
  // A failed delivery is tried again after 5, 10, 20, 40 and 80 minutes, 155 in all. Whether the time in its header is
  // then a new one was not found in the documentation; if it is the first one, five minutes would refuse every retry.
  maxAgeSeconds: 3 * 3600,
  webhookSecret: signingKeySchema,
  apiSecret: z.object({ apiKey: z.string().trim().min(1) }),
  apiUrl: ({ companyDomain, apiUrl }) => apiUrl ?? `https://${companyDomain}.bamboohr.com/api/v1`,
  // The key is the user name; the password may be anything (https://documentation.bamboohr.com/docs/getting-started).
  apiHeaders: ({ apiKey }) => ({ authorization: `Basic ${Buffer.from(`${apiKey}:x`).toString('base64')}` }),
  verify: (delivery, { secret }) => verify(delivery, secret),
  translate: async (payload, _settings, context): Promise<Translation> => {
    const changes = readBambooHrChanges(payload, context.receivedAt);
    if (changes.kind !== 'changes') return changes;
    const [only, ...others] = changes.changes;
    if (only && others.length === 0) return readBambooHrEmployee(only, context);
    const read = await Promise.all(
      changes.changes.map((change) => readBambooHrEmployee(change, context).catch(asFault)),
    );
    const events = read.flatMap((one) => (one.kind === 'events' ? one.events : []));
    const faults = read.flatMap((one) => (one.kind === 'fault' ? one.faults : []));
    return events.length > 0 ? { kind: 'events', events, faults } : { kind: 'fault', faults };
  },
});

/** HMAC-SHA256 with the webhook's private key over the raw body and, right behind it, the time in the header. */
function verify({ body, headers }: WebhookDelivery, secret: SigningKey): Verification {
  const timestamp = headers['x-bamboohr-timestamp'];
  const claimed = headers['x-bamboohr-signature'];
  if (!timestamp || !claimed) return { kind: 'refused', why: 'the signature or its timestamp is missing' };
  if (
    !matchesHmac({
      algorithm: 'sha256',
      encoding: 'hex',
      keys: keysOf(secret),
      signed: [body, timestamp],
      claimed: [inLowerCase(claimed)],
    })
  ) {
    return { kind: 'refused', why: 'the signature does not match' };
  }
  const sentAt = readVendorTime(timestamp);
  return sentAt ? { kind: 'genuine', sentAt } : { kind: 'refused', why: 'the timestamp is no moment' };
}

/** The documentation's example is in capitals, others are not; one that mixes them was changed on its way. */
function inLowerCase(signature: string): string {
  return /^[0-9A-F]+$/.test(signature) ? signature.toLowerCase() : signature;
}

/** One employee of several who cannot be read must not hold up the others. */
function asFault(error: unknown): Translation {
  if (!(error instanceof HrSystemRefusedError)) throw error;
  const remedy = 'check that the employee exists and that the API’s user may read it, then redrive';
  return { kind: 'fault', faults: [{ field: 'employee', problem: error.message, remedy }] };
}
