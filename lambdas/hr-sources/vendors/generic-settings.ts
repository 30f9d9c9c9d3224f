import * as z from 'zod';
import { expression } from '../expression.ts';
import { payloadFormSchema } from '../form-payload.ts';
import { readSchema } from './generic-read-settings.ts';
import { type SigningRule, signatureSchema } from './generic-schemes.ts';

const DAY_SECONDS = 86_400;

const stampFields = { terminationId: expression, employeeId: expression, eventId: expression, occurredAt: expression };

const terminatedFields = z
  .strictObject({
    ...stampFields,
    workEmail: expression,
    displayName: expression,
    managerEmail: expression.optional(),
    managerName: expression.optional(),
    lastWorkingMoment: expression.optional(),
    /** In its place, where a date is written with a time that means nothing, such as midnight UTC: only its day counts. */
    lastWorkingDay: expression.optional(),
    timeZone: expression.optional(),
    location: expression.optional(),
    immediate: expression.optional(),
    reason: expression.optional(),
  })
  .refine(
    ({ lastWorkingMoment, lastWorkingDay, immediate }) =>
      (lastWorkingMoment ?? lastWorkingDay ?? immediate) !== undefined,
    { path: ['lastWorkingMoment'], error: 'is missing, and so is immediate' },
  )
  .refine(({ lastWorkingMoment, lastWorkingDay }) => lastWorkingMoment === undefined || lastWorkingDay === undefined, {
    path: ['lastWorkingDay'],
    error: 'contradicts lastWorkingMoment: only one can be right',
  });

const endingFields = z.strictObject({ ...stampFields, reason: expression.optional() });

const terminatedMapping = z.strictObject({
  when: expression,
  event: z.enum(['Employee Terminated', 'Employee Termination Rescheduled']),
  fields: terminatedFields,
});
export type TerminatedMapping = z.infer<typeof terminatedMapping>;

const endingMapping = z.strictObject({
  when: expression,
  event: z.enum(['Employee Termination Cancelled', 'Employee Rehired']),
  fields: endingFields,
});

const mappingSchema = z.discriminatedUnion('event', [terminatedMapping, endingMapping]);
export type EventMapping = z.infer<typeof mappingSchema>;

export function isTerminated(mapping: EventMapping): mapping is TerminatedMapping {
  return mapping.event === 'Employee Terminated' || mapping.event === 'Employee Termination Rescheduled';
}

/** What the generic webhook is told about an HR system. Expressions are JMESPath (https://jmespath.org). */
export const genericSettingsSchema = z
  .strictObject({
    /** How deliveries are proved to be the HR system's own. */
    signature: signatureSchema,
    /** How bodies are written: JSON, a form, or a form with JSON in one of its fields. */
    payload: payloadFormSchema.default('json'),
    /** How old a delivery may be, seconds: five minutes unless the vendor repeats without signing anew. */
    maxAgeSeconds: z
      .int()
      .min(30)
      .max(7 * DAY_SECONDS)
      .default(300),
    /** Where the body holds a list of notifications: each is read by itself. */
    each: expression.optional(),
    /** Where notifications say no more than an id. Expressions then search `notification` and each record by its name. */
    read: readSchema.optional(),
    /** The first whose `when` holds says what a notification means; where none holds it means nothing. */
    events: z.array(mappingSchema).min(1).max(10),
  })
  .refine(({ signature, payload }) => payload === 'json' || !isDividedByJsonOnly(signature), {
    path: ['signature', 'signs'],
    error: 'must have something between {timestamp} and {body}: a form does not show where it begins',
  })
  .refine(({ signature, payload }) => payload === 'json' || signature.by !== 'hmac' || !signature.sentAt, {
    path: ['signature', 'sentAt'],
    error: 'reads JSON, and the payload is a form',
  });
export type GenericSettings = z.infer<typeof genericSettingsSchema>;

function isDividedByJsonOnly(rule: SigningRule): boolean {
  return rule.by === 'hmac' && /\{timestamp\}\{body\}|\{body\}\{timestamp\}/.test(rule.signs);
}
