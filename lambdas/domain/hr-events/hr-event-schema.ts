import * as z from 'zod';

/**
 * Detail types of the canonical event (docs/hr-events.md section "Canonical event"). The last one is for operators: it comes
 * from no HR system.
 */
const HR_DETAIL_TYPES = [
  'Employee Terminated',
  'Employee Termination Rescheduled',
  'Employee Termination Cancelled',
  'Employee Rehired',
  'Employee Reactivated',
  'Employee Termination Reopened',
] as const;

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(max, `is longer than ${max} characters`)
    // No database takes it, and so nothing that is said of it could be kept.
    .refine((value) => value.isWellFormed(), 'holds half a character');
const address = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim() : value),
  z.email('is not an e-mail address').max(254, 'is longer than 254 characters'),
);

const metadataSchema = z.object({
  eventId: text(200),
  schemaVersion: z.union([z.literal('1'), z.literal(1)], 'is not 1'),
  occurredAt: z.iso.datetime({ offset: true, error: 'is not a moment in ISO 8601 with an offset' }),
  source: text(200),
  /** The system whose termination this is about, where it is not the one that speaks. */
  onBehalfOf: text(200).optional(),
  /** Which operator speaks; means nothing from anybody else. */
  operator: z.unknown().optional(),
});
export type Metadata = z.infer<typeof metadataSchema>;

/** What every event has in common; its data is read by its kind. */
export const envelopeSchema = z.object({
  source: text(256),
  'detail-type': z.enum(HR_DETAIL_TYPES),
  detail: z.object({ metadata: metadataSchema, data: z.record(z.string(), z.unknown()) }),
});

const managerSchema = z
  .object({ email: address, displayName: text(200).optional().catch(undefined) })
  .transform(({ email, displayName }) => ({ email, displayName: displayName ?? email }));

/** Some write the address alone. */
const requesterSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { email: value } : value),
  z.object({ email: address }),
);

/** What HR writes for people to read: too much of it is cut, since nobody's access hangs on it. */
const LONGEST_REASON = 500;
const reason = z.string().transform((value) => {
  const whole = value.trim().toWellFormed();
  if (whole.length <= LONGEST_REASON) return whole;
  // Half of a character that the cut went through goes, too.
  return `${whole.slice(0, LONGEST_REASON - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
});

export const terminatedDataSchema = z.object({
  terminationId: text(200),
  employee: z.object({
    id: text(200),
    workEmail: address,
    /** Without one, people read the address. */
    displayName: text(200).optional(),
    manager: managerSchema.optional(),
    /** Name of an office or country, as HR spells it: decides the zone of a bare date where none is given. */
    location: text(200).optional(),
  }),
  requestedBy: requesterSchema.optional(),
  lastWorkingMoment: text(40).optional(),
  timeZone: text(64).optional(),
  immediate: z.boolean().default(false),
  reason: reason.optional(),
});
export type TerminatedData = z.infer<typeof terminatedDataSchema>;

/**
 * What a termination is read without, if it has another shape; what "at once" has no use for beside it. Not who asked for
 * it: whoever cannot be named cannot be kept from deciding.
 */
export const OPTIONAL_IN_TERMINATION = {
  'employee.displayName': text(200),
  'employee.manager': managerSchema,
  reason,
};
export const OPTIONAL_AT_ONCE = {
  ...OPTIONAL_IN_TERMINATION,
  'employee.location': text(200),
  timeZone: text(64),
  lastWorkingMoment: text(40),
};
/** What is nothing where it is `null` or empty, and otherwise has to be readable. */
export const NOTHING_IF_EMPTY = {
  requestedBy: z.unknown(),
  'employee.location': z.unknown(),
  timeZone: z.unknown(),
  lastWorkingMoment: z.unknown(),
  immediate: z.unknown(),
};
export const OPTIONAL_IN_TAKING_BACK = { reason };

/** Whom it is about. The address also finds a case that another system opened; a wrong one must not hold up the rest. */
const returning = z.object({ id: text(200), workEmail: address.optional().catch(undefined) });

export const cancelledDataSchema = z.object({
  terminationId: text(200),
  employee: returning,
  reason: reason.optional(),
  /**
   * Concluded from an employee's state ("active, no last day") instead of said by HR. Where no such termination is known
   * there was nothing to cancel, and nobody needs to look.
   */
  isInferred: z.boolean().default(false),
});

/** The termination that the person came back from. */
export const rehiredDataSchema = z.object({
  terminationId: text(200),
  employee: returning,
  reason: reason.optional(),
});

/** The person is active, says a system that does not know which termination that takes back. Of most people there is none. */
export const reactivatedDataSchema = z.object({ employee: returning, reason: reason.optional() });

export const reopenedDataSchema = z.object({
  caseId: z.string().regex(/^case-[0-9a-f]{24}$/, 'is not the id of a case'),
  reason: text(500),
  requestedBy: z.object({ email: address }).optional(),
});
