import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { type Candidate, type ParkedRecord, parkedRecordSchema } from '../domain/hr-events/parked-event.ts';
import { jsonText } from '../domain/json-text.ts';

/**
 * DynamoDB takes items of 400 KB. An event that starts an execution has 256 KiB at most, but a number of it can take five
 * times its room when it is written anew, such as `1e20`. What grows by that shrinks again.
 */
const MAX_PLAIN_BYTES = 300 * 1024;
/** A list of employees of which none can be read has a fault for each. */
const MAX_FAULTS = 50;
const MAX_FAULT_LENGTH = 500;

/**
 * A parked record as DynamoDB takes it, whatever the event holds: the event as the text that it is, since numbers beyond
 * what DynamoDB counts, nesting beyond 32 levels and texts that are no Unicode would be refused, and numbers rounded.
 */
export function parkedItem({ event, faults, candidates, ...record }: ParkedRecord) {
  return {
    ...record,
    ...storedText(jsonText(event)),
    faults: keptFaults(faults),
    ...(candidates && { candidates: candidates.map(wellFormed) }),
  };
}

function storedText(eventText: string) {
  return Buffer.byteLength(eventText) <= MAX_PLAIN_BYTES ? { eventText } : { eventGzip: gzipSync(eventText) };
}

const storedSchema = z.looseObject({
  eventText: z.string().optional(),
  eventGzip: z.instanceof(Uint8Array).optional(),
});

/** The record of an item. Items of before the text was kept hold the event itself. */
export function parkedRecord(item: unknown): ParkedRecord {
  const { eventText, eventGzip, ...rest } = storedSchema.parse(item);
  const text = eventGzip ? gunzipSync(eventGzip).toString('utf8') : eventText;
  return parkedRecordSchema.parse(text === undefined ? rest : { ...rest, event: JSON.parse(text) });
}

function keptFaults(faults: readonly EventFault[]): EventFault[] {
  const all = faults.map(({ field, problem, remedy, code }) => ({
    ...(code && { code }),
    field: shortened(field),
    problem: shortened(problem),
    remedy: shortened(remedy),
  }));
  // One more may be the line below, of a record that is written again.
  if (all.length <= MAX_FAULTS + 1) return all;
  const problem = `has ${all.length - MAX_FAULTS} more faults`;
  return [...all.slice(0, MAX_FAULTS), { field: 'event', problem, remedy: 'correct those above, and look again' }];
}

function shortened(text: string): string {
  return text.toWellFormed().slice(0, MAX_FAULT_LENGTH).toWellFormed();
}

function wellFormed({ username, fullName, why }: Candidate): Candidate {
  return { username: username.toWellFormed(), fullName: fullName.toWellFormed(), why: why.toWellFormed() };
}
