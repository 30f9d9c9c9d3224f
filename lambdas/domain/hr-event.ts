import * as z from 'zod';
import { isTimeZone, readLastWorkingMoment } from './last-working-moment.ts';

/** Detail types of the canonical event, after Gusto's lifecycle (hr-events.md, "Canonical event"). */
export const HR_DETAIL_TYPES = [
  'Employee Terminated',
  'Employee Termination Rescheduled',
  'Employee Termination Cancelled',
] as const;

/** What HR says about one termination of one leaver, parsed, with its moment settled. */
export const terminationSchema = z.object({
  terminationId: z.string(),
  employeeId: z.string(),
  workEmail: z.string(),
  displayName: z.string(),
  manager: z.object({ email: z.string(), displayName: z.string() }).optional(),
  /** ISO 8601 UTC; for an immediate termination, the moment of HR's report. */
  lastWorkingMoment: z.string(),
  /** IANA zone in which people read the times of this case. */
  timeZone: z.string(),
  isImmediate: z.boolean(),
  reason: z.string().optional(),
  /** The producer's own key and clock: EventBridge's `id` changes when a producer sends again. */
  eventId: z.string(),
  source: z.string(),
  reportedAt: z.string(),
});
export type Termination = z.infer<typeof terminationSchema>;

/** Why an event cannot be handled: the field, the shape of what was wrong (never its value) and what to send instead. */
export const eventFaultSchema = z.object({ field: z.string(), problem: z.string(), remedy: z.string() });
export type EventFault = z.infer<typeof eventFaultSchema>;

export type HrEventReading =
  | { readonly ok: true; readonly termination: Termination }
  | { readonly ok: false; readonly faults: readonly EventFault[] };

const text = (max: number) => z.string().trim().min(1, 'is empty').max(max, `is longer than ${max} characters`);
const address = z.email('is not an e-mail address').max(254, 'is longer than 254 characters');

const canonicalEventSchema = z.object({
  source: text(256),
  'detail-type': z.enum(HR_DETAIL_TYPES),
  detail: z.object({
    metadata: z.object({
      eventId: text(200),
      schemaVersion: z.union([z.literal('1'), z.literal(1)], 'is not 1'),
      occurredAt: z.iso.datetime({ offset: true, error: 'is not a moment in ISO 8601 with an offset' }),
      source: text(200),
    }),
    data: z.object({
      terminationId: text(200),
      employee: z.object({
        id: text(200),
        workEmail: z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), address),
        displayName: text(200),
        manager: z.object({ email: address, displayName: text(200) }).optional(),
      }),
      lastWorkingMoment: text(40).optional(),
      timeZone: text(64).optional(),
      immediate: z.boolean().default(false),
      reason: text(500).optional(),
    }),
  }),
});

/**
 * Step Functions keeps an execution for one year (hr-events.md); approval, hold and retries need their share of it.
 */
const FURTHEST_AHEAD_DAYS = 270;
const DAY_MS = 86_400_000;

/** Reads an EventBridge event as a termination, or says what is wrong with it, field by field. */
export function readHrEvent(event: unknown, now: Date): HrEventReading {
  const parsed = canonicalEventSchema.safeParse(event);
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.map(faultOf) };
  const { detail, 'detail-type': detailType } = parsed.data;
  if (detailType !== 'Employee Terminated') return { ok: false, faults: [notHandled(detailType)] };
  const { metadata, data } = detail;
  const moment = data.immediate ? atOnce(metadata.occurredAt, now) : momentOf(data);
  if (!moment.ok) return { ok: false, faults: [{ ...moment, field: `detail.data.${moment.field}` }] };
  if (Date.parse(moment.at) - now.getTime() > FURTHEST_AHEAD_DAYS * DAY_MS)
    return { ok: false, faults: [tooFarAhead()] };
  const { id: employeeId, ...employee } = data.employee;
  return {
    ok: true,
    termination: {
      terminationId: data.terminationId,
      employeeId,
      workEmail: employee.workEmail,
      displayName: employee.displayName,
      ...(employee.manager && { manager: employee.manager }),
      lastWorkingMoment: new Date(moment.at).toISOString(),
      timeZone: shownZone(data.timeZone),
      isImmediate: data.immediate,
      ...(data.reason && { reason: data.reason }),
      eventId: metadata.eventId,
      source: metadata.source,
      reportedAt: new Date(metadata.occurredAt).toISOString(),
    },
  };
}

/**
 * The zone in which times are shown. Where it decided the moment it has been checked; an immediate termination must
 * not wait for HR to correct a zone that decides nothing.
 */
function shownZone(timeZone: string | undefined): string {
  return timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC';
}

function momentOf(data: { lastWorkingMoment?: string | undefined; timeZone?: string | undefined }) {
  if (data.lastWorkingMoment !== undefined) return readLastWorkingMoment(data.lastWorkingMoment, data.timeZone);
  const remedy = 'send the last working day with its zone, or immediate: true';
  return { ok: false as const, field: 'lastWorkingMoment', problem: 'is missing', remedy };
}

/** A producer's clock that runs ahead must not delay an immediate termination. */
function atOnce(occurredAt: string, now: Date) {
  return { ok: true as const, at: Date.parse(occurredAt) > now.getTime() ? now.toISOString() : occurredAt };
}

function faultOf(issue: z.core.$ZodIssue): EventFault {
  // zod's own messages name types and limits; the values themselves are never part of them.
  return {
    field: issue.path.join('.') || 'event',
    problem: issue.message,
    remedy: 'send the event again with this field corrected',
  };
}

function notHandled(detailType: string): EventFault {
  return {
    field: 'detail-type',
    problem: `"${detailType}" is recognised but not acted on`,
    remedy: 'look at the case by hand: an execution that must not go on can be stopped in Step Functions',
  };
}

function tooFarAhead(): EventFault {
  return {
    field: 'detail.data.lastWorkingMoment',
    problem: `is more than ${FURTHEST_AHEAD_DAYS} days ahead`,
    remedy: 'send the event again nearer to the date',
  };
}
