import type { Operator } from '../operator.ts';
import type { Termination } from '../termination.ts';
import type { Metadata, TerminatedData } from './hr-event-schema.ts';
import { isTimeZone, readLastWorkingMoment } from './last-working-moment.ts';
import type { Locations } from './locations.ts';

/** A termination with its moment settled, or the field of the event's data that keeps it from being settled. */
type TerminationReading =
  | { readonly kind: 'termination'; readonly termination: Termination }
  | { readonly kind: 'fault'; readonly field: string; readonly problem: string; readonly remedy: string };

/**
 * Step Functions keeps an execution for one year (docs/hr-events.md section "EventBridge and Step Functions"); approval,
 * hold and retries need their share of it.
 */
const FURTHEST_AHEAD_DAYS = 270;
const DAY_MS = 86_400_000;

/**
 * Settles when access ends: at once, or at the moment that HR gave, read in the zone that HR gave or else in that of
 * the place where the leaver works. A zone is never guessed.
 */
export function readTermination(
  said: Omit<Metadata, 'operator'> & {
    readonly data: TerminatedData;
    readonly operator?: Operator | undefined;
    /** Fields that had another shape and are left out. */
    readonly unread: readonly string[];
  },
  around: { readonly now: Date; readonly locations: Locations },
): TerminationReading {
  const { data, occurredAt } = said;
  const zone = zoneOf(data, around.locations);
  const moment = data.immediate ? atOnce(occurredAt, around.now) : momentOf(data, zone);
  if (moment.kind === 'fault') return moment;
  if (Date.parse(moment.at) - around.now.getTime() > FURTHEST_AHEAD_DAYS * DAY_MS) return tooFarAhead();
  const { id: employeeId, workEmail, displayName = workEmail, manager } = data.employee;
  return {
    kind: 'termination',
    termination: {
      terminationId: data.terminationId,
      ...{ employeeId, workEmail, displayName },
      ...(manager && { manager }),
      ...(data.requestedBy && { requestedBy: data.requestedBy.email }),
      lastWorkingMoment: new Date(moment.at).toISOString(),
      timeZone: shownZone(zone),
      isImmediate: data.immediate,
      ...(data.reason && { reason: data.reason }),
      ...(said.unread.length > 0 && { unread: said.unread }),
      eventId: said.eventId,
      source: said.source,
      ...(said.operator && { operator: said.operator }),
      ...stampOf(occurredAt, around.now),
    },
  };
}

/** When something was said. What HR says from its arrival on must not be outweighed by what it dated ahead. */
export function stampOf(occurredAt: string, now: Date): { readonly reportedAt: string; readonly occurredAt?: string } {
  const said = new Date(occurredAt).toISOString();
  return Date.parse(said) > now.getTime() ? { reportedAt: now.toISOString(), occurredAt: said } : { reportedAt: said };
}

/** HR's own zone first: it is about this person, while a place is about everybody there. */
function zoneOf({ timeZone, employee }: TerminatedData, locations: Locations): string | undefined {
  if (timeZone !== undefined || employee.location === undefined) return timeZone;
  const place = nameOf(employee.location);
  return Object.entries(locations).find(([name]) => nameOf(name) === place)?.[1];
}

function nameOf(location: string): string {
  return location.trim().toLowerCase();
}

/**
 * The zone in which times are shown. Where it decided the moment it has been checked; an immediate termination must
 * not wait for HR to correct a zone that decides nothing.
 */
function shownZone(timeZone: string | undefined): string {
  return timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC';
}

function momentOf(data: TerminatedData, zone: string | undefined) {
  if (data.lastWorkingMoment === undefined) {
    const remedy = 'send the last working day with its zone, or immediate: true';
    return { kind: 'fault' as const, field: 'lastWorkingMoment', problem: 'is missing', remedy };
  }
  const reading = readLastWorkingMoment(data.lastWorkingMoment, zone);
  const isUnknownPlace = reading.kind === 'fault' && zone === undefined && data.employee.location !== undefined;
  return isUnknownPlace && reading.field === 'timeZone' ? unknownPlace() : reading;
}

function unknownPlace() {
  return {
    kind: 'fault' as const,
    field: 'employee.location',
    problem: 'is none of the configured locations, and the event has no zone of its own',
    remedy: 'add the place with its IANA zone to locations in cdk.json, or send timeZone',
  };
}

/** A producer's clock that runs ahead must not delay an immediate termination. */
function atOnce(occurredAt: string, now: Date) {
  return { kind: 'moment' as const, at: Date.parse(occurredAt) > now.getTime() ? now.toISOString() : occurredAt };
}

function tooFarAhead(): TerminationReading {
  return {
    kind: 'fault',
    field: 'lastWorkingMoment',
    problem: `is more than ${FURTHEST_AHEAD_DAYS} days ahead`,
    remedy: 'send the event again nearer to the date',
  };
}
