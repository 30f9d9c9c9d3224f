import * as z from 'zod';
import { caseIdOf, type TerminationKey } from '../case-id.ts';
import type { HrReport, TakenBack } from '../hr-report.ts';
import type { Operator } from '../operator.ts';
import {
  cancelledDataSchema,
  envelopeSchema,
  type Metadata,
  NOTHING_IF_EMPTY,
  OPTIONAL_AT_ONCE,
  OPTIONAL_IN_TAKING_BACK,
  OPTIONAL_IN_TERMINATION,
  reactivatedDataSchema,
  rehiredDataSchema,
  reopenedDataSchema,
  terminatedDataSchema,
} from './hr-event-schema.ts';
import type { Locations } from './locations.ts';
import { type Readable, withoutUnreadable } from './optional-fields.ts';
import { readTermination, stampOf } from './read-termination.ts';
import { OPERATOR_SOURCE } from './reporting-source.ts';
import { readSpeaker, type Speaker, type SpeaksFor } from './speaker.ts';

/** Why an event cannot be handled: the field, the shape of what was wrong (never its value) and what to send instead. */
export const eventFaultSchema = z.object({
  field: z.string(),
  problem: z.string(),
  remedy: z.string(),
  /** By which a mail about it is worded; absent where the field alone says enough. */
  code: z.enum(['too late', 'decided by people', 'too many cancellations', 'another address']).optional(),
});
export type EventFault = z.infer<typeof eventFaultSchema>;

/** What an event asks for. */
export type HrRequest =
  | {
      readonly kind: 'report';
      readonly caseId: string;
      readonly key: TerminationKey;
      readonly report: HrReport;
      /** Whom it is about. */
      readonly person: Person;
      /** As the event names its source itself: by this name earlier versions knew who had reported a case. */
      readonly namedSource: string;
      /** Concluded from an employee's state: about an unknown termination it says nothing. */
      readonly isInferred: boolean;
      /** Taking back, dated so far ahead of its arrival that what HR says meanwhile must count for more. */
      readonly isDatedAhead: boolean;
    }
  /** Somebody is active again, says a system that names no termination. */
  | { readonly kind: 'reactivated'; readonly person: Person; readonly takenBack: TakenBack }
  | {
      readonly kind: 'reopened';
      readonly caseId: string;
      readonly eventId: string;
      readonly reason: string;
      readonly requestedBy?: string | undefined;
      readonly operator: Operator;
    };

/** Somebody, as one system knows them. */
export interface Person {
  /** The system that speaks, as AWS authenticated it: its ids mean nothing to another one. */
  readonly source: string;
  readonly employeeId: string;
  /** The work address, where the system told it. */
  readonly workEmail?: string | undefined;
}

export type HrEventReading = HrRequest | { readonly kind: 'fault'; readonly faults: readonly EventFault[] };

interface ReadingContext {
  readonly now: Date;
  /** IANA zones of the company's places, by the names that HR uses. */
  readonly locations?: Locations;
  /** Systems that may speak for others. */
  readonly speaksFor?: SpeaksFor;
}

/** How far a producer's clock may run ahead, ms. A report from tomorrow would outweigh everything said until then. */
const CLOCK_AHEAD_MS = 3_600_000;

/**
 * Clocks that are set by NTP differ by less than a second, and the bus takes seconds: two minutes forgive a clock that
 * nobody sets, and nobody reports a leaver and thinks again within them.
 */
const DATED_AHEAD_MS = 120_000;

/** An event's envelope and data, and who speaks. */
interface Saying {
  readonly metadata: Metadata;
  readonly speaker: Speaker;
  readonly data: unknown;
}

/** Reads an EventBridge event as what it asks for, or says what is wrong with it, field by field. */
export function readHrEvent(event: unknown, context: ReadingContext): HrEventReading {
  const parsed = envelopeSchema.safeParse(event);
  if (!parsed.success) return { kind: 'fault', faults: [...faultsOf(parsed.error), ...faultsInData(event)] };
  const { metadata, data } = parsed.data.detail;
  const reading = readSpeaker(parsed.data, context.speaksFor ?? {});
  if (reading.kind === 'fault') return { kind: 'fault', faults: [reading.fault] };
  const said = { metadata, speaker: reading.speaker, data };
  switch (parsed.data['detail-type']) {
    case 'Employee Terminated':
    case 'Employee Termination Rescheduled':
      return readTerminated(said, context);
    case 'Employee Termination Cancelled':
      return readCancelled(said, context);
    case 'Employee Rehired':
      return readRehired(said, context);
    case 'Employee Reactivated':
      return readReactivated(said, context);
    case 'Employee Termination Reopened':
      return readReopened(said);
  }
}

function readTerminated({ metadata, speaker, data: sent }: Saying, context: ReadingContext): HrEventReading {
  const { now, locations = {} } = context;
  const { data: readable, unread } = readableTermination(sent);
  const parsed = terminatedDataSchema.safeParse(readable);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  // "At once" must not wait until a producer has set its clock.
  if (!parsed.data.immediate && isAhead(metadata, now)) return { kind: 'fault', faults: [clockAhead()] };
  const said = { ...metadata, source: speaker.owner, operator: speaker.operator, data: parsed.data, unread };
  const reading = readTermination(said, { now, locations });
  if (reading.kind === 'fault') {
    const { field, problem, remedy } = reading;
    return { kind: 'fault', faults: [{ field: `detail.data.${field}`, problem, remedy }] };
  }
  const { termination } = reading;
  const report = { kind: 'terminated', termination } as const;
  const { workEmail } = termination;
  return reportAbout(termination, { metadata, report, workEmail, isInferred: false, isDatedAhead: false });
}

/** Data of a termination without what it does not hang on. */
function readableTermination(sent: unknown): Readable {
  const { data } = withoutUnreadable(sent, NOTHING_IF_EMPTY);
  const isImmediate = z.object({ immediate: z.literal(true) }).safeParse(data).success;
  return withoutUnreadable(data, isImmediate ? OPTIONAL_AT_ONCE : OPTIONAL_IN_TERMINATION);
}

function readableTakingBack(sent: unknown): unknown {
  return withoutUnreadable(sent, OPTIONAL_IN_TAKING_BACK).data;
}

function readCancelled(said: Saying, { now }: ReadingContext): HrEventReading {
  const parsed = cancelledDataSchema.safeParse(readableTakingBack(said.data));
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  return takenBack({ kind: 'cancelled', data: parsed.data, isInferred: parsed.data.isInferred }, said, now);
}

function readRehired(said: Saying, { now }: ReadingContext): HrEventReading {
  const parsed = rehiredDataSchema.safeParse(readableTakingBack(said.data));
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  return takenBack({ kind: 'rehired', data: parsed.data, isInferred: false }, said, now);
}

function readReactivated({ metadata, speaker, data: sent }: Saying, { now }: ReadingContext): HrEventReading {
  const parsed = reactivatedDataSchema.safeParse(readableTakingBack(sent));
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  if (isAhead(metadata, now)) return { kind: 'fault', faults: [clockAhead()] };
  const { employee, reason } = parsed.data;
  const person = { source: speaker.owner, employeeId: employee.id, workEmail: employee.workEmail };
  const takenBack = takenBackBy('reactivated', { metadata, speaker, now, reason });
  return { kind: 'reactivated', person, takenBack };
}

function takenBackBy(
  kind: TakenBack['kind'],
  said: { metadata: Metadata; speaker: Speaker; now: Date; reason?: string | undefined },
): TakenBack {
  const { eventId, occurredAt } = said.metadata;
  const { source, operator } = said.speaker;
  const by = { eventId, source, ...(operator && { operator }) };
  return { kind, ...stampOf(occurredAt, said.now), ...by, ...(said.reason && { reason: said.reason }) };
}

function takenBack(
  back: { kind: TakenBack['kind']; data: z.infer<typeof rehiredDataSchema>; isInferred: boolean },
  { metadata, speaker }: Saying,
  now: Date,
): HrEventReading {
  if (isAhead(metadata, now)) return { kind: 'fault', faults: [clockAhead()] };
  const { terminationId, employee, reason } = back.data;
  return reportAbout(
    { source: speaker.owner, terminationId, employeeId: employee.id },
    {
      metadata,
      report: { kind: 'taken back', takenBack: takenBackBy(back.kind, { metadata, speaker, now, reason }) },
      workEmail: employee.workEmail,
      isInferred: back.isInferred,
      isDatedAhead: Date.parse(metadata.occurredAt) - now.getTime() > DATED_AHEAD_MS,
    },
  );
}

function reportAbout(
  { source, employeeId, terminationId }: TerminationKey,
  said: {
    metadata: Metadata;
    report: HrReport;
    workEmail: string | undefined;
    isInferred: boolean;
    isDatedAhead: boolean;
  },
): HrEventReading {
  const { metadata, workEmail, ...report } = said;
  const key = { source, employeeId, terminationId };
  const person = { source, employeeId, workEmail };
  return { kind: 'report', caseId: caseIdOf(key), key, person, namedSource: metadata.source, ...report };
}

function readReopened({ metadata: { eventId }, speaker: { operator }, data: sent }: Saying): HrEventReading {
  const parsed = reopenedDataSchema.safeParse(sent);
  if (!parsed.success) return refused(parsed.error, ['detail', 'data']);
  if (!operator) return { kind: 'fault', faults: [onlyOperators()] };
  const { caseId, reason, requestedBy } = parsed.data;
  return { kind: 'reopened', caseId, eventId, reason, requestedBy: requestedBy?.email, operator };
}

function onlyOperators(): EventFault {
  return {
    field: 'source',
    problem: `is not ${OPERATOR_SOURCE}: HR reports terminations, and only operators have a case taken up again`,
    remedy: 'redrive the event as an operator, or use offboard reopen',
  };
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
  return { kind: 'fault', faults: faultsOf(error, below) };
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
