import * as z from 'zod';
import { isExpression } from './search-payload.ts';

const DAY_SECONDS = 86_400;

const expression = z
  .string()
  .min(1)
  .max(300, 'is longer than 300 characters')
  .refine(isExpression, 'is not a JMESPath expression');

const headerName = z.string().regex(/^[A-Za-z0-9-]{1,80}$/, 'is not the name of a header');

const signatureSchema = z
  .strictObject({
    header: headerName,
    algorithm: z.enum(['sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    /** What stands before the signature in its header, such as `sha256=`. */
    prefix: z.string().max(40).optional(),
    /** What is signed, with `{body}` and `{timestamp}` in their places. */
    signs: z
      .string()
      .max(100)
      .regex(/^[^{}]*(?:\{(?:body|timestamp)\}[^{}]*)+$/, 'may hold {body} and {timestamp} only')
      .refine((template) => template.split('{body}').length === 2, 'must hold {body} once')
      .refine((template) => template.split('{timestamp}').length <= 2, 'holds {timestamp} twice'),
    /** Header of the sending time: Unix seconds, Unix milliseconds or ISO 8601. */
    timestampHeader: headerName.optional(),
    /** Where the signed body itself says when it was sent. */
    sentAt: expression.optional(),
  })
  .superRefine(({ signs, timestampHeader, sentAt }, context) => {
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    const isTimestampSigned = signs.includes('{timestamp}');
    if (isTimestampSigned && !timestampHeader) fault('timestampHeader', 'is missing: {timestamp} is signed');
    if (isTimestampSigned && sentAt) fault('sentAt', 'is not needed: {timestamp} is signed');
    if (!isTimestampSigned && timestampHeader) fault('timestampHeader', 'proves nothing: {timestamp} is not signed');
    if (!isTimestampSigned && !sentAt) fault('sentAt', 'is missing: without a signed {timestamp} the body must say it');
  });

const stampFields = { terminationId: expression, employeeId: expression, eventId: expression, occurredAt: expression };

const terminatedFields = z
  .strictObject({
    ...stampFields,
    workEmail: expression,
    displayName: expression,
    managerEmail: expression.optional(),
    managerName: expression.optional(),
    lastWorkingMoment: expression.optional(),
    timeZone: expression.optional(),
    location: expression.optional(),
    immediate: expression.optional(),
    reason: expression.optional(),
  })
  .refine(({ lastWorkingMoment, immediate }) => lastWorkingMoment !== undefined || immediate !== undefined, {
    path: ['lastWorkingMoment'],
    error: 'is missing, and so is immediate',
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
export const genericSettingsSchema = z.strictObject({
  signature: signatureSchema,
  /** How old a delivery may be, seconds: five minutes unless the vendor repeats without signing anew. */
  maxAgeSeconds: z
    .int()
    .min(30)
    .max(7 * DAY_SECONDS)
    .default(300),
  /** Where the body holds a list of notifications: each is read by itself. */
  each: expression.optional(),
  /** The first whose `when` holds says what a notification means; where none holds it means nothing. */
  events: z.array(mappingSchema).min(1).max(10),
});
export type GenericSettings = z.infer<typeof genericSettingsSchema>;
