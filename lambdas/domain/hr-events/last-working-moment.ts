import { Temporal } from 'temporal-polyfill';

/**
 * When access must end. HR sends a moment, a wall time or a bare date. A bare date is not a moment: read in the wrong zone
 * it has made leavers most of a day late (docs/hr-events.md section "Canonical event").
 */
type MomentReading =
  | { readonly kind: 'moment'; readonly at: string }
  | {
      readonly kind: 'fault';
      readonly field: 'lastWorkingMoment' | 'timeZone';
      readonly problem: string;
      readonly remedy: string;
    };

const BARE_DATE = /^\d{4}-\d{2}-\d{2}$/;
const HAS_OFFSET = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * The moment in ISO 8601 UTC. A bare date means the end of that day in `timeZone`, which is the start of the next
 * day, so that days of 23 and 25 hours come out right. A wall time that a DST change skips or repeats resolves to
 * the earlier moment: access ends sooner rather than later.
 */
export function readLastWorkingMoment(text: string, timeZone: string | undefined): MomentReading {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    return {
      kind: 'fault',
      field: 'timeZone',
      problem: 'is not an IANA time zone',
      remedy: 'send a zone such as Europe/Berlin',
    };
  }
  try {
    if (!BARE_DATE.test(text) && HAS_OFFSET.test(text))
      return { kind: 'moment', at: instantText(Temporal.Instant.from(text)) };
    if (timeZone === undefined) return withoutZone();
    return { kind: 'moment', at: instantText(inZone(text, timeZone)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      kind: 'fault',
      field: 'lastWorkingMoment',
      problem: 'is not a date or time in ISO 8601',
      remedy: 'send a date such as 2026-11-30 with a zone, or a moment such as 2026-11-30T17:00:00+01:00',
    };
  }
}

function inZone(text: string, timeZone: string): Temporal.Instant {
  if (BARE_DATE.test(text)) {
    return Temporal.PlainDate.from(text).add({ days: 1 }).toZonedDateTime({ timeZone }).toInstant();
  }
  return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: 'earlier' }).toInstant();
}

function withoutZone(): MomentReading {
  return {
    kind: 'fault',
    field: 'timeZone',
    problem: 'is missing, and the last working moment has no offset of its own',
    remedy: 'send the employee’s IANA zone beside the date',
  };
}

/** Whether a name is an IANA time zone. */
export function isTimeZone(name: string): boolean {
  try {
    // An offset such as +02:00 is a legal Temporal zone but knows no DST, so it is no answer to "which zone".
    return !/^[+-]/.test(name) && Boolean(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name));
  } catch {
    return false;
  }
}

function instantText(instant: Temporal.Instant): string {
  return instant.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString();
}
