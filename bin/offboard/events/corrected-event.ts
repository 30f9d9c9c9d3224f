import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import { AnswerIsNoError, MisuseError } from '../options/errors.ts';
import { parsedJson } from '../options/parsed-json.ts';
import { withClosedBody } from './notification-body.ts';

/** What of an event can be put on the bus. EventBridge makes the rest of its envelope itself; an execution needs it all. */
export const eventSchema = z.looseObject({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type BusEvent = z.infer<typeof eventSchema>;

function isEvent(value: unknown): value is BusEvent {
  return eventSchema.safeParse(value).success;
}

/**
 * The event that was parked.
 * @throws AnswerIsNoError when it never was one, as whatever somebody started an execution with by hand.
 */
export function busEvent(parked: unknown): BusEvent {
  // The very event, not what a schema makes of it: it goes back as it came.
  if (isEvent(parked)) return parked;
  throw new AnswerIsNoError('what was parked is no event of the bus; have HR send it again, then dismiss this one');
}

/**
 * The event of a file, in the place of the parked one.
 * @throws MisuseError when it is none, or says to come from somebody else.
 */
export async function eventInFile(path: string, parked: BusEvent): Promise<BusEvent> {
  const event = eventSchema.safeParse(parsedJson(await textOf(path)));
  if (!event.success) {
    const fields = event.error.issues.map((issue) => issue.path.join('.') || 'the whole');
    throw new MisuseError(
      `--file is no event: ${fields.join(', ')}; write source, detail-type and detail, as "offboard parked ID --payload" prints them`,
    );
  }
  const { source, 'detail-type': detailType, detail } = event.data;
  // Whoever edits a body reads it as JSON.
  if (source === parked.source) return withClosedBody({ ...parked, 'detail-type': detailType, detail });
  throw new MisuseError('--file has another source than the parked event; a corrected event keeps its source');
}

/** Names of the fields in which two values differ, in order; never what they hold. */
export function changedFields(before: unknown, after: unknown, path = ''): string[] {
  const [old, changed] = [before, after].map((value) => jsonText(value ?? null, { isSorted: true }));
  if (old === changed) return [];
  const [from, to] = [membersOf(before), membersOf(after)];
  if (!from || !to) return [path];
  const names = [...new Set([...from.keys(), ...to.keys()])].sort();
  return names.flatMap((name) => changedFields(from.get(name), to.get(name), path === '' ? name : `${path}.${name}`));
}

/** Every member that an object has itself, whatever its name. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? new Map(Object.entries(value)) : undefined;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new MisuseError('--file cannot be read; check the path', { cause: error });
  }
}
