import * as z from 'zod';
import { apiUrlSchema } from '../api-url.ts';
import { employmentId } from '../employment-id.ts';
import {
  defineHrSource,
  type Translation,
  type TranslationContext,
  type Verification,
  type WebhookDelivery,
} from '../hr-source.ts';
import { matchesHmac } from '../matches-hmac.ts';
import { managerOf } from '../optional-parts.ts';
import { readVendorTime } from '../read-vendor-time.ts';
import { jsonOf } from '../signed-body.ts';
import { keysOf, type SigningKey, signingKeySchema } from '../signing-key.ts';
import { unreadable, unreadableAnswer } from '../unreadable.ts';
import { hiringDateSchema, vendorMomentSchema } from '../vendor-dates.ts';

/**
 * `employee.left` comes at midnight of the site's zone, for terminations and garden leave alike, whichever is first;
 * `employee.access.revoked.immediately` when HR completes a termination and ticks "Revoke access immediately". Both name
 * the same employment, so that the second one to come finds the case of the first.
 */
const ENDING = ['employee.left', 'employee.access.revoked.immediately'];

/**
 * `employee.joined` comes when a lifecycle entry gives access, which of somebody new takes nothing back; `activated` when
 * somebody is back from leave. `rehired` was not found in the documentation, and is heard should Bob send it.
 */
const ACTIVE_AGAIN = ['employee.joined', 'employee.activated', 'employee.rehired'];

const HAS_OFFSET = /(Z|[+-]\d{2}:?\d{2})$/i;

/** The example has no offset, and the zone was not found in the documentation. Read as UTC: it only puts Bob's events in order. */
const triggeredAtSchema = z.preprocess(
  (value) => (typeof value === 'string' && !HAS_OFFSET.test(value) ? `${value}Z` : value),
  vendorMomentSchema,
);

const notificationSchema = z.object({
  triggeredAt: triggeredAtSchema,
  data: z.object({ employeeId: z.string().regex(/^\d{1,30}$/, 'is no id') }),
});

/** Answers name fields by path (https://apidocs.hibob.com/docs/people-read-api-contract). */
const personSchema = z.object({
  '/root/email': z.object({ value: z.string() }),
  '/root/displayName': z.object({ value: z.string() }),
  '/work/startDate': z.object({ value: hiringDateSchema }),
  '/work/reportsTo': z.unknown().optional(),
});
const FIELDS = ['root.email', 'root.displayName', 'work.startDate', 'work.reportsTo'];
const managerSchema = z.object({
  value: z.object({ email: z.unknown().optional(), displayName: z.unknown().optional() }),
});

/**
 * HiBob webhooks v2, which carry ids only (https://apidocs.hibob.com/reference/getting-started-webhooks,
 * /reference/post_webhook_employee-left). `employee.inactivated` is ordinary leave too: nobody is offboarded on it.
 * The shape of `data` was taken from the documented table events; a wrong guess ends as a parked event.
 */
export const hibob = defineHrSource({
  kind: 'hibob',
  comesBy: 'webhook',
  settings: z.strictObject({ apiUrl: apiUrlSchema }),
  // How long Bob tries again was not found in the documentation; the time in the body is that of the first try.
  maxAgeSeconds: 3 * 86_400,
  webhookSecret: signingKeySchema,
  apiSecret: z.object({ serviceUserId: z.string().trim().min(1), token: z.string().trim().min(1) }),
  apiUrl: ({ apiUrl }) => apiUrl ?? 'https://api.hibob.com/v1',
  apiHeaders: ({ serviceUserId, token }) => ({
    authorization: `Basic ${Buffer.from(`${serviceUserId}:${token}`).toString('base64')}`,
  }),
  verify: (delivery, { secret }) => verify(delivery, secret),
  translate: async (payload, _settings, { system, readApi }): Promise<Translation> => {
    if (isPing(payload)) return { kind: 'nothing', why: 'Bob tries out the webhook' };
    const kind = z.object({ type: z.string() }).safeParse(payload);
    if (!kind.success) return unreadable(kind.error);
    const { type } = kind.data;
    const isActiveAgain = ACTIVE_AGAIN.includes(type);
    if (!ENDING.includes(type) && !isActiveAgain)
      return { kind: 'nothing', why: 'the event neither ends an employment nor begins one' };
    const notification = notificationSchema.safeParse(payload);
    if (!notification.success) return unreadable(notification.error);
    const { triggeredAt: occurredAt, data } = notification.data;
    const event = { eventId: `${type}-${data.employeeId}-${occurredAt}`, occurredAt };
    if (isActiveAgain) return reactivation(event, data.employeeId, readApi);
    const answer = await readApi({ path: `/people/${data.employeeId}`, body: { fields: FIELDS } });
    const person = personSchema.safeParse(answer);
    if (!person.success) return unreadableAnswer(person.error, 'person');
    return {
      kind: 'events',
      events: [{ ...event, ...termination({ system, employeeId: data.employeeId }, person.data) }],
    };
  },
});

/** By id alone should the person not be readable: the id finds the case that Bob reported, the address those of others. */
async function reactivation(
  event: { readonly eventId: string; readonly occurredAt: string },
  employeeId: string,
  readApi: TranslationContext['readApi'],
): Promise<Translation> {
  const answer = await readApi({ path: `/people/${employeeId}`, body: { fields: FIELDS } });
  const workEmail = personSchema.pick({ '/root/email': true }).safeParse(answer).data?.['/root/email'].value;
  const data = { employee: { id: employeeId, ...(workEmail && { workEmail }) } };
  return { kind: 'events', events: [{ ...event, detailType: 'Employee Reactivated', data }] };
}

function termination(
  { system, employeeId }: { readonly system: string; readonly employeeId: string },
  person: z.infer<typeof personSchema>,
) {
  const manager = managerSchema.safeParse(person['/work/reportsTo']).data?.value;
  const employee = {
    id: employeeId,
    workEmail: person['/root/email'].value,
    displayName: person['/root/displayName'].value,
    ...managerOf(manager?.email, manager?.displayName),
  };
  const terminationId = employmentId({ system, employeeId, hiredOn: person['/work/startDate'].value });
  return { detailType: 'Employee Terminated' as const, data: { terminationId, employee, immediate: true } };
}

/** HMAC-SHA512, in base64, with the webhook's secret over the raw body. */
function verify({ body, headers }: WebhookDelivery, secret: SigningKey): Verification {
  const claimed = headers['bob-signature'];
  if (!claimed) return { kind: 'refused', why: 'the signature is missing' };
  if (
    !matchesHmac({ algorithm: 'sha512', encoding: 'base64', keys: keysOf(secret), signed: [body], claimed: [claimed] })
  ) {
    return { kind: 'refused', why: 'the signature does not match' };
  }
  const triggeredAt = z.object({ triggeredAt: triggeredAtSchema }).safeParse(jsonOf(body)).data?.triggeredAt;
  return { kind: 'genuine', sentAt: readVendorTime(triggeredAt) };
}

/** What Bob posts once, when a webhook is set up, to see whether anybody answers. */
function isPing(payload: unknown): boolean {
  return z.strictObject({ text: z.literal('Ping test') }).safeParse(payload).success;
}
