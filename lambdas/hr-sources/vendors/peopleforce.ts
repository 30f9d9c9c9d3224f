import * as z from 'zod';
import { employmentId } from '../employment-id.ts';
import { defineHrSource, type Translation, type Verification, type WebhookDelivery } from '../hr-source.ts';
import { matchesHmac } from '../matches-hmac.ts';
import { locationOf, managerOf } from '../optional-parts.ts';
import { readVendorTime } from '../read-vendor-time.ts';
import { jsonOf } from '../signed-body.ts';
import { keysOf, type SigningKey, signingKeySchema } from '../signing-key.ts';
import { unreadable } from '../unreadable.ts';
import { bareDateSchema, hiringDateSchema, vendorMomentSchema } from '../vendor-dates.ts';

/** https://developer.peopleforce.io/docs/webhooks-1 */
const TERMINATED = 'employee_terminate';
const REVERTED = 'employee_termination_revert';

const metaSchema = z.object({ data: z.object({ meta: z.object({ updated_at: vendorMomentSchema }) }) });

const employmentSchema = z.object({
  data: z.object({
    id: z.union([z.string().min(1), z.number()]).transform(String),
    attributes: z.object({ hired_on: hiringDateSchema }),
    meta: metaSchema.shape.data.shape.meta,
  }),
});

const leaverSchema = z.object({
  data: z.object({
    attributes: z.object({
      first_name: z.string(),
      last_name: z.string(),
      email: z.string(),
      termination_effective_date: bareDateSchema,
    }),
    reporting_to: z.unknown().optional(),
    location: z.unknown().optional(),
  }),
});

const managerSchema = z.object({ full_name: z.unknown().optional(), email: z.unknown().optional() });
const locationSchema = z.object({ name: z.unknown().optional() });

/**
 * PeopleForce webhooks, which carry the whole employee (https://developer.peopleforce.io/docs/employee-profile and
 * /docs/starting-with-webhooks). `employee_terminate` comes in the night before the last day begins in most of the world,
 * or at once for a date in the past; reverting covers terminations before and after their day.
 * A body for reverting was not found in the documentation; a wrong guess ends as a parked event.
 */
export const peopleforce = defineHrSource({
  kind: 'peopleforce',
  comesBy: 'webhook',
  settings: z.strictObject({}),
  // Nothing that is signed says when a delivery was sent, only when the employee was last changed, which may be the day on
  // which a termination far ahead was entered. Old ones are harmless: HR's latest report by that same clock counts.
  maxAgeSeconds: 400 * 86_400,
  webhookSecret: signingKeySchema,
  verify: (delivery, { secret }) => verify(delivery, secret),
  translate: async (payload, _settings, { system }): Promise<Translation> => {
    const kind = z.object({ action: z.string() }).safeParse(payload);
    if (!kind.success) return unreadable(kind.error);
    const { action } = kind.data;
    if (action !== TERMINATED && action !== REVERTED) return { kind: 'nothing', why: 'the event ends no employment' };
    const employment = employmentSchema.safeParse(payload);
    if (!employment.success) return unreadable(employment.error);
    const { id, attributes, meta } = employment.data.data;
    const terminationId = employmentId({ system, employeeId: id, hiredOn: attributes.hired_on });
    const stamp = { eventId: `${action}-${id}-${meta.updated_at}`, occurredAt: meta.updated_at };
    if (action === REVERTED) {
      const data = { terminationId, employee: { id } };
      return { kind: 'events', events: [{ ...stamp, detailType: 'Employee Termination Cancelled', data }] };
    }
    const leaver = leaverSchema.safeParse(payload);
    if (!leaver.success) return unreadable(leaver.error);
    const data = { terminationId, ...leaving(id, leaver.data.data) };
    return { kind: 'events', events: [{ ...stamp, detailType: 'Employee Terminated', data }] };
  },
});

function leaving(id: string, { attributes, reporting_to, location }: z.infer<typeof leaverSchema>['data']) {
  const manager = managerSchema.safeParse(reporting_to).data;
  const employee = {
    id,
    workEmail: attributes.email,
    displayName: `${attributes.first_name} ${attributes.last_name}`.trim(),
    ...managerOf(manager?.email, manager?.full_name),
    ...locationOf(locationSchema.safeParse(location).data?.name),
  };
  return { employee, lastWorkingMoment: attributes.termination_effective_date, immediate: false };
}

/** HMAC-SHA256 in hex, behind "sha256=", with the webhook's secret over the raw body. */
function verify({ body, headers }: WebhookDelivery, secret: SigningKey): Verification {
  const [, claimed] = /^sha256=(.*)$/.exec(headers['x-peopleforce-signature'] ?? '') ?? [];
  if (!claimed) return { kind: 'refused', why: 'the signature is missing' };
  if (
    !matchesHmac({ algorithm: 'sha256', encoding: 'hex', keys: keysOf(secret), signed: [body], claimed: [claimed] })
  ) {
    return { kind: 'refused', why: 'the signature does not match' };
  }
  return { kind: 'genuine', sentAt: readVendorTime(metaSchema.safeParse(jsonOf(body)).data?.data.meta.updated_at) };
}
