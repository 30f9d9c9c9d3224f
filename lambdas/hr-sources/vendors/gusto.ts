import * as z from 'zod';
import { apiUrlSchema } from '../api-url.ts';
import { defineHrSource, type Translation, type Verification, type WebhookDelivery } from '../hr-source.ts';
import { matchesHmac } from '../matches-hmac.ts';
import { oauthSecretSchema } from '../oauth-tokens.ts';
import { readVendorTime } from '../read-vendor-time.ts';
import { jsonOf } from '../signed-body.ts';
import { keysOf, type SigningKey, signingKeySchema } from '../signing-key.ts';
import { unreadable } from '../unreadable.ts';
import { vendorMomentSchema } from '../vendor-dates.ts';
import { readGustoLeaver } from './gusto-employee.ts';
import { readGustoEmployment } from './gusto-employment.ts';

/**
 * What the events mean (https://docs.gusto.com/embedded-payroll/docs/employee-events). A termination is effective on the
 * day after, at midnight of US Pacific time, so that a leaver in the east works on for some hours: only a date that is
 * known beforehand is exact. The guide and the changelog spell that event differently. `employee.rehired` comes when a
 * rehire is entered, months ahead perhaps: access is given back when it takes effect.
 */
const MEANINGS: Readonly<Record<string, 'scheduled' | 'effective' | 'cancelled' | 'rehired'>> = {
  'employee.terminated': 'scheduled',
  'employee.terminated_effective': 'effective',
  'employee.termination_effective': 'effective',
  'employee.termination_cancelled': 'cancelled',
  'employee.rehire_effective': 'rehired',
};

const API_URL = 'https://api.gusto.com/v1';

const notificationSchema = z.object({
  uuid: z.string().min(1),
  entity_uuid: z.uuid('is no UUID'),
  timestamp: vendorMomentSchema,
});

/**
 * Gusto webhooks, which name an employee and carry no data (https://docs.gusto.com/app-integrations/docs/webhooks). The
 * verification token that Gusto posts once, unsigned, is the key of all later signatures; the runbook says how it is
 * taken over.
 */
export const gusto = defineHrSource({
  kind: 'gusto',
  comesBy: 'webhook',
  settings: z.strictObject({ apiUrl: apiUrlSchema }),
  // Up to 16 retries with growing pauses, under one time in the body: that of what happened.
  maxAgeSeconds: 3 * 86_400,
  webhookSecret: signingKeySchema,
  apiSecret: oauthSecretSchema,
  apiUrl: ({ apiUrl = API_URL }) => apiUrl,
  // Beside the API and not below its version (https://docs.gusto.com/app-integrations/docs/oauth2).
  tokenUrl: ({ apiUrl = API_URL }) => `${apiUrl.replace(/\/v1$/, '')}/oauth/token`,
  apiHeaders: ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` }),
  verify: (delivery, { secret }) => verify(delivery, secret),
  translate: async (payload, _settings, { system, readApi }): Promise<Translation> => {
    const kind = z.object({ event_type: z.string() }).safeParse(payload);
    if (!kind.success) return unreadable(kind.error);
    const meaning = Object.hasOwn(MEANINGS, kind.data.event_type) ? MEANINGS[kind.data.event_type] : undefined;
    if (meaning === undefined)
      return { kind: 'nothing', why: 'the event neither ends an employment nor takes an end back' };
    const notification = notificationSchema.safeParse(payload);
    if (!notification.success) return unreadable(notification.error);
    const { uuid: eventId, entity_uuid: employeeId, timestamp: occurredAt } = notification.data;
    const employment = await readGustoEmployment({ system, employeeId, isOver: meaning === 'rehired' }, readApi);
    if (employment.kind === 'fault') return employment;
    const { terminationId } = employment;
    const stamp = { eventId, occurredAt };
    if (meaning === 'cancelled' || meaning === 'rehired') {
      const detailType = meaning === 'rehired' ? 'Employee Rehired' : 'Employee Termination Cancelled';
      return {
        kind: 'events',
        events: [{ ...stamp, detailType, data: { terminationId, employee: { id: employeeId } } }],
      };
    }
    const leaver = await readGustoLeaver({ employeeId, isEffective: meaning === 'effective' }, readApi);
    if (leaver.kind === 'fault') return leaver;
    const data = { terminationId, ...leaver.leaving };
    return { kind: 'events', events: [{ ...stamp, detailType: 'Employee Terminated', data }] };
  },
});

/** HMAC-SHA256 in hex with the verification token over the raw body. */
function verify({ body, headers }: WebhookDelivery, secret: SigningKey): Verification {
  const claimed = headers['x-gusto-signature'];
  if (!claimed) return { kind: 'refused', why: 'the signature is missing' };
  if (
    !matchesHmac({ algorithm: 'sha256', encoding: 'hex', keys: keysOf(secret), signed: [body], claimed: [claimed] })
  ) {
    return { kind: 'refused', why: 'the signature does not match' };
  }
  return {
    kind: 'genuine',
    sentAt: readVendorTime(z.object({ timestamp: z.unknown().optional() }).safeParse(jsonOf(body)).data?.timestamp),
  };
}
