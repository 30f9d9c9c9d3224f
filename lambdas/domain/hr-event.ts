import * as z from 'zod';
import { caseIdOf } from './case-id.ts';
import {
  cancelledDataSchema,
  envelopeSchema,
  type Metadata,
  reactivatedDataSchema,
  rehiredDataSchema,
  reopenedDataSchema,
  terminatedDataSchema,
} from './hr-event-schema.ts';
import type { HrWord, TakenBack } from './hr-word.ts';
import { type Locations, readTermination } from './read-termination.ts';
import { reportingSource } from './reporting-source.ts';

/** Why an event cannot be handled: the field, the shape of what was wrong (never its value) and what to send instead. */
export const eventFaultSchema = z.object({ field: z.string(), problem: z.string(), remedy: z.string() });
export type EventFault = z.infer<typeof eventFaultSchema>;

/** What an event asks for. */
export type HrRequest =
  | {
      readonly kind: 'word';
      readonly caseId: string;
      readonly word: HrWord;
      /** Whom it is about. */
      readonly person: Person;
      /** Concluded from an employee's state: about an unknown termination it says nothing. */
      readonly isInferred: boolean;
    }
  /** Somebody is active again, says a system that names no termination. */
  | { readonly kind: 'reactivated'; readonly person: Person; readonly takenBack: TakenBack }
  | {
      readonly kind: 'reopened';
      readonly caseId: string;
      readonly eventId: string;
      readonly reason: string;
      readonly requestedBy?: string | undefined;
    };

/** Somebody, as one system knows them. */
export interface Person {
  /** The system that speaks, as AWS authenticated it: its ids mean nothing to another one. */
  readonly source: string;
  readonly employeeId: string;
  /** The work address, where the system told it. */
  readonly workEmail?: string | undefined;
}

export type HrEventReading =
  | ({ readonly ok: true } & HrRequest)
  | { readonly ok: false; readonly faults: readonly EventFault[] };

export interface ReadingContext {
  readonly now: Date;
  /** IANA zones of the company's places, by the names that HR uses. */
  readonly locations?: Locations;
}

/** How far a producer's clock may run ahead, ms. A word from tomorrow would outweigh everything said until then. */
const CLOCK_AHEAD_MS = 3_600_000;

/** Reads an EventBridge event as what it asks for, or says what is wrong with it, field by field. */
export function readHrEvent(event: unknown, context: ReadingContext): HrEventReading {
  const parsed = envelopeSchema.safeParse(event);
  if (!parsed.success) return { ok: false, faults: [...faultsOf(parsed.error), ...faultsInData(event)] };
  const { metadata: sent, data } = parsed.data.detail;
  // From here on the source is who speaks, whatever the event says of itself.
  const metadata = { ...sent, source: reportingSource(parsed.data) };
  switch (parsed.data['detail-type']) {
    case 'Employee Terminated':
    case 'Employee Termination Rescheduled':
      return readTerminated(metadata, data, context);
    case 'Employee Termination Cancelled':
      return readCancelled(metadata, data, context);
    case 'Employee Rehired':
      return readRehired(metadata, data, context);
    case 'Employee Reactivated':
      return readReactivated(metadata, data, context);
    case 'Employee Termination Reopened':
      return readReopened(metadata, data);
  }
}

function readTerminated(metadata: Metadata, sent: unknown, { now, locations = {} }: ReadingContext): HrEventReading {
  const parsed = terminatedDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  // "At once" must not wait until a producer has set its clock.
  if (!parsed.data.immediate && isAhead(metadata, now)) return { ok: false, faults: [clockAhead()] };
  const reading = readTermination({ ...metadata, data: parsed.data }, { now, locations });
  if (!reading.ok) {
    const { field, problem, remedy } = reading;
    return { ok: false, faults: [{ field: `detail.data.${field}`, problem, remedy }] };
  }
  const { termination } = reading;
  const word = { kind: 'terminated', termination } as const;
  const { source, employeeId, workEmail } = termination;
  const person = { source, employeeId, workEmail };
  return { ok: true, kind: 'word', caseId: caseIdOf(termination), word, person, isInferred: false };
}

function readCancelled(metadata: Metadata, sent: unknown, { now }: ReadingContext): HrEventReading {
  const parsed = cancelledDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  const word = { kind: 'cancelled', data: parsed.data, isInferred: parsed.data.isInferred } as const;
  return takenBack(word, metadata, now);
}

function readRehired(metadata: Metadata, sent: unknown, { now }: ReadingContext): HrEventReading {
  const parsed = rehiredDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  return takenBack({ kind: 'rehired', data: parsed.data, isInferred: false }, metadata, now);
}

function readReactivated(metadata: Metadata, sent: unknown, { now }: ReadingContext): HrEventReading {
  const parsed = reactivatedDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  if (isAhead(metadata, now)) return { ok: false, faults: [clockAhead()] };
  const { employee, reason } = parsed.data;
  const person = { source: metadata.source, employeeId: employee.id, workEmail: employee.workEmail };
  return { ok: true, kind: 'reactivated', person, takenBack: takenBackBy('reactivated', metadata, reason) };
}

function takenBackBy(kind: TakenBack['kind'], { eventId, occurredAt, source }: Metadata, reason?: string): TakenBack {
  return { kind, reportedAt: new Date(occurredAt).toISOString(), eventId, source, ...(reason && { reason }) };
}

function takenBack(
  said: { kind: TakenBack['kind']; data: z.infer<typeof rehiredDataSchema>; isInferred: boolean },
  metadata: Metadata,
  now: Date,
): HrEventReading {
  if (isAhead(metadata, now)) return { ok: false, faults: [clockAhead()] };
  const { terminationId, employee, reason } = said.data;
  const { source } = metadata;
  return {
    ok: true,
    kind: 'word',
    caseId: caseIdOf({ source, terminationId, employeeId: employee.id }),
    word: { kind: 'taken back', takenBack: takenBackBy(said.kind, metadata, reason) },
    person: { source, employeeId: employee.id, workEmail: employee.workEmail },
    isInferred: said.isInferred,
  };
}

function readReopened({ eventId }: Metadata, sent: unknown): HrEventReading {
  const parsed = reopenedDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  const { caseId, reason, requestedBy } = parsed.data;
  return { ok: true, kind: 'reopened', caseId, eventId, reason, requestedBy: requestedBy?.email };
}

function isAhead({ occurredAt }: Metadata, now: Date): boolean {
  return Date.parse(occurredAt) - now.getTime() > CLOCK_AHEAD_MS;
}

function clockAhead(): EventFault {
  return {
    field: 'detail.metadata.occurredAt',
    problem: 'lies more than an hour in the future, and would outweigh everything that HR says until then',
    remedy: 'set the producer’s clock, and send the event again with the moment at which HR said it',
  };
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
  'detail-type': z.enum(['Employee Terminated', 'Employee Termination Rescheduled']),
  detail: z.object({ data: z.unknown() }),
});

/** What is wrong further in as well, so that a producer hears of everything at once. */
function faultsInData(event: unknown): EventFault[] {
  const sent = terminatedEnvelope.safeParse(event).data?.detail.data;
  const parsed = sent === undefined ? undefined : terminatedDataSchema.safeParse(sent);
  return parsed?.error ? faultsOf(parsed.error, ['detail', 'data']) : [];
}
