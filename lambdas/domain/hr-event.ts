import * as z from 'zod';
import { caseIdOf } from './case-id.ts';
import {
  cancelledDataSchema,
  envelopeSchema,
  type HR_DETAIL_TYPES,
  type Metadata,
  reopenedDataSchema,
  type TerminatedData,
  terminatedDataSchema,
} from './hr-event-schema.ts';
import { isTimeZone, readLastWorkingMoment } from './last-working-moment.ts';
import type { Termination } from './termination.ts';

/** Why an event cannot be handled: the field, the shape of what was wrong (never its value) and what to send instead. */
export const eventFaultSchema = z.object({ field: z.string(), problem: z.string(), remedy: z.string() });
export type EventFault = z.infer<typeof eventFaultSchema>;

/** What an event asks for. */
export type HrRequest =
  | { readonly kind: 'terminated'; readonly termination: Termination }
  | {
      readonly kind: 'cancelled';
      readonly caseId: string;
      readonly source: string;
      readonly reason?: string | undefined;
    }
  | {
      readonly kind: 'reopened';
      readonly caseId: string;
      readonly reason: string;
      readonly requestedBy?: string | undefined;
    };

export type HrEventReading =
  | ({ readonly ok: true } & HrRequest)
  | { readonly ok: false; readonly faults: readonly EventFault[] };

/**
 * Step Functions keeps an execution for one year (hr-events.md); approval, hold and retries need their share of it.
 */
const FURTHEST_AHEAD_DAYS = 270;
const DAY_MS = 86_400_000;

/** Reads an EventBridge event as what it asks for, or says what is wrong with it, field by field. */
export function readHrEvent(event: unknown, now: Date): HrEventReading {
  const parsed = envelopeSchema.safeParse(event);
  if (!parsed.success) return { ok: false, faults: [...faultsOf(parsed.error), ...faultsInData(event)] };
  const { metadata, data } = parsed.data.detail;
  switch (parsed.data['detail-type']) {
    case 'Employee Terminated':
      return readTerminated(metadata, data, now);
    case 'Employee Termination Cancelled':
      return readCancelled(metadata, data);
    case 'Employee Termination Reopened':
      return readReopened(data);
    case 'Employee Rehired':
      return { ok: false, faults: [notHandled('Employee Rehired')] };
    case 'Employee Termination Rescheduled':
      return { ok: false, faults: [notHandled('Employee Termination Rescheduled')] };
  }
}

function readTerminated(metadata: Metadata, sent: unknown, now: Date): HrEventReading {
  const parsed = terminatedDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  const { data } = parsed;
  const moment = data.immediate ? atOnce(metadata.occurredAt, now) : momentOf(data);
  if (!moment.ok) {
    const { field, problem, remedy } = moment;
    return { ok: false, faults: [{ field: `detail.data.${field}`, problem, remedy }] };
  }
  if (Date.parse(moment.at) - now.getTime() > FURTHEST_AHEAD_DAYS * DAY_MS)
    return { ok: false, faults: [tooFarAhead()] };
  const { id: employeeId, workEmail, displayName, manager } = data.employee;
  return {
    ok: true,
    kind: 'terminated',
    termination: {
      terminationId: data.terminationId,
      ...{ employeeId, workEmail, displayName },
      ...(manager && { manager }),
      ...(data.requestedBy && { requestedBy: data.requestedBy.email }),
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

function readCancelled(metadata: Metadata, sent: unknown): HrEventReading {
  const parsed = cancelledDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  const { terminationId, employee, reason } = parsed.data;
  const caseId = caseIdOf({ terminationId, employeeId: employee.id });
  return { ok: true, kind: 'cancelled', caseId, source: metadata.source, reason };
}

function readReopened(sent: unknown): HrEventReading {
  const parsed = reopenedDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  const { caseId, reason, requestedBy } = parsed.data;
  return { ok: true, kind: 'reopened', caseId, reason, requestedBy: requestedBy?.email };
}

/**
 * The zone in which times are shown. Where it decided the moment it has been checked; an immediate termination must
 * not wait for HR to correct a zone that decides nothing.
 */
function shownZone(timeZone: string | undefined): string {
  return timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC';
}

function momentOf(data: TerminatedData) {
  if (data.lastWorkingMoment !== undefined) return readLastWorkingMoment(data.lastWorkingMoment, data.timeZone);
  const remedy = 'send the last working day with its zone, or immediate: true';
  return { ok: false as const, field: 'lastWorkingMoment', problem: 'is missing', remedy };
}

/** A producer's clock that runs ahead must not delay an immediate termination. */
function atOnce(occurredAt: string, now: Date) {
  return { ok: true as const, at: Date.parse(occurredAt) > now.getTime() ? now.toISOString() : occurredAt };
}

function refused(error: z.ZodError, below: readonly string[]): HrEventReading {
  return { ok: false, faults: faultsOf(error, below) };
}

function faultsOf(error: z.ZodError, below: readonly string[] = []): EventFault[] {
  // zod's own messages name types and limits; the values themselves are never part of them.
  const remedy = 'send the event again with this field corrected';
  return error.issues.map(({ path, message }) => ({
    field: [...below, ...path].join('.') || 'event',
    problem: message,
    remedy,
  }));
}

const terminatedEnvelope = z.object({
  'detail-type': z.literal('Employee Terminated'),
  detail: z.object({ data: z.unknown() }),
});

/** What is wrong further in as well, so that a producer hears of everything at once. */
function faultsInData(event: unknown): EventFault[] {
  const sent = terminatedEnvelope.safeParse(event).data?.detail.data;
  const parsed = sent === undefined ? undefined : terminatedDataSchema.safeParse(sent);
  return parsed?.error ? faultsOf(parsed.error, ['detail', 'data']) : [];
}

function notHandled(detailType: (typeof HR_DETAIL_TYPES)[number]): EventFault {
  return {
    field: 'detail-type',
    problem: `"${detailType}" is recognised but not acted on`,
    remedy: 'withdraw the case and report the termination again with its new date',
  };
}

function tooFarAhead(): EventFault {
  return {
    field: 'detail.data.lastWorkingMoment',
    problem: `is more than ${FURTHEST_AHEAD_DAYS} days ahead`,
    remedy: 'send the event again nearer to the date',
  };
}
