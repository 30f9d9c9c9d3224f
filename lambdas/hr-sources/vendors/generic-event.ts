import type { CanonicalEvent } from '../../domain/hr-events/canonical-event.ts';
import type { EventFault } from '../../domain/hr-events/hr-event.ts';
import { readVendorTime } from '../read-vendor-time.ts';
import { searchPayload } from '../search-payload.ts';
import { type EventMapping, isTerminated, type TerminatedMapping } from './generic-settings.ts';

interface MappedReading {
  readonly events: readonly CanonicalEvent[];
  readonly faults: readonly EventFault[];
}

/** One notification in canonical form, or every field that could not be found, with the expression that was to find it. */
export function readMapped(payload: unknown, mapping: EventMapping): MappedReading {
  const faults: EventFault[] = [];
  const reader = fieldReader(payload, faults);
  const event = canonicalFrom(reader, mapping);
  return faults.length > 0 ? { events: [], faults } : { events: [event], faults };
}

function canonicalFrom(reader: FieldReader, mapping: EventMapping): CanonicalEvent {
  const { fields } = mapping;
  const stamp = {
    eventId: reader.text('metadata.eventId', fields.eventId),
    occurredAt: reader.moment('metadata.occurredAt', fields.occurredAt),
  };
  const terminationId = reader.text('data.terminationId', fields.terminationId);
  const id = reader.text('data.employee.id', fields.employeeId);
  const reason = reader.textIfAny('data.reason', fields.reason);
  const said = reason === undefined ? {} : { reason };
  if (!isTerminated(mapping)) {
    return { ...stamp, detailType: mapping.event, data: { terminationId, employee: { id }, ...said } };
  }
  const employee = { id, ...employeeFrom(reader, mapping.fields) };
  const due = dueFrom(reader, mapping.fields);
  return { ...stamp, detailType: mapping.event, data: { terminationId, employee, ...due, ...said } };
}

function employeeFrom(reader: FieldReader, fields: TerminatedMapping['fields']) {
  const managerEmail = reader.textIfAny('data.employee.manager.email', fields.managerEmail);
  const managerName = reader.textIfAny('data.employee.manager.displayName', fields.managerName);
  const location = reader.textIfAny('data.employee.location', fields.location);
  return {
    workEmail: reader.text('data.employee.workEmail', fields.workEmail),
    displayName: reader.text('data.employee.displayName', fields.displayName),
    ...(managerEmail !== undefined && { manager: { email: managerEmail, displayName: managerName ?? managerEmail } }),
    ...(location !== undefined && { location }),
  };
}

function dueFrom(reader: FieldReader, fields: TerminatedMapping['fields']) {
  const immediate = reader.answerIfAny('data.immediate', fields.immediate) ?? false;
  const timeZone = reader.textIfAny('data.timeZone', fields.timeZone);
  // Where it may be immediate a date is not always there; where it is not immediate there must be one.
  const readDate = immediate ? reader.textIfAny : reader.text;
  const found = readDate('data.lastWorkingMoment', fields.lastWorkingMoment ?? fields.lastWorkingDay);
  const lastWorkingMoment = fields.lastWorkingDay === undefined ? found : found?.replace(TIME_OF_DAY, '');
  return {
    immediate,
    ...(lastWorkingMoment !== undefined && { lastWorkingMoment }),
    ...(timeZone !== undefined && { timeZone }),
  };
}

const TIME_OF_DAY = /(?<=^\d{4}-\d{2}-\d{2})[T ].*$/;

interface FieldReader {
  text(field: string, expression: string | undefined): string;
  textIfAny(field: string, expression: string | undefined): string | undefined;
  answerIfAny(field: string, expression: string | undefined): boolean | undefined;
  /** ISO 8601 UTC. */
  moment(field: string, expression: string): string;
}

/** Reads fields by expressions. What is not there or of another kind is added to `faults`, and read as empty. */
function fieldReader(payload: unknown, faults: EventFault[]): FieldReader {
  const fault = (field: string, expression: string | undefined, problem: string) =>
    void faults.push({ field, problem: `"${expression}" ${problem}`, remedy: REMEDY });

  function find(field: string, expression: string | undefined): unknown {
    if (expression === undefined) return undefined;
    const found = searchPayload(expression, payload);
    if (found.kind === 'misfit') fault(field, expression, 'does not fit this notification');
    return found.kind === 'value' && found.value !== '' ? (found.value ?? undefined) : undefined;
  }

  function textIfAny(field: string, expression: string | undefined): string | undefined {
    const value = find(field, expression);
    if (value === undefined || typeof value === 'string') return value;
    // Ids are numbers in some systems.
    if (typeof value === 'number') return String(value);
    fault(field, expression, `finds ${kindOf(value)} in place of a text`);
    return undefined;
  }

  return {
    textIfAny,
    text(field, expression) {
      const before = faults.length;
      const value = textIfAny(field, expression);
      if (value === undefined && faults.length === before) fault(field, expression, 'finds nothing');
      return value ?? '';
    },
    answerIfAny(field, expression) {
      const value = find(field, expression);
      if (value === undefined || typeof value === 'boolean') return value;
      fault(field, expression, `finds ${kindOf(value)} in place of true or false`);
      return undefined;
    },
    moment(field, expression) {
      const before = faults.length;
      const moment = readVendorTime(find(field, expression));
      if (moment) return moment.toISOString();
      if (faults.length === before) fault(field, expression, 'finds no moment with an offset');
      return '';
    },
  };
}

const REMEDY = 'correct the expression in the settings of the HR system, or what it sends, and redrive';

/** What kind of value it is: never the value. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
