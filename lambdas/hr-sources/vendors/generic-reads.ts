import * as z from 'zod';
import type { EventFault } from '../../domain/hr-events/hr-event.ts';
import type { HrApiRequest, TranslationContext } from '../hr-source.ts';
import { searchPayload } from '../search-payload.ts';
import type { ReadSettings, RecordRead } from './generic-read-settings.ts';

/** What expressions search where an API is read: the notification, what is known of its delivery, and each record by its name. */
type ReadItem =
  | { readonly kind: 'item'; readonly item: Readonly<Record<string, unknown>> }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fault'; readonly faults: readonly EventFault[] };

/**
 * Reads what a notification is about from the HR system's API.
 * @throws HrSystemUnavailableError, HrSystemRefusedError
 */
export async function readRecords(
  notification: unknown,
  { when, headers, records }: ReadSettings,
  { readApi, receivedAt }: Pick<TranslationContext, 'readApi' | 'receivedAt'>,
): Promise<ReadItem> {
  if (when !== undefined) {
    const found = searchPayload(when, notification);
    const isWanted = found.kind === 'value' ? (found.value ?? false) : undefined;
    if (typeof isWanted !== 'boolean') return { kind: 'fault', faults: [noAnswer(when)] };
    if (!isWanted) return { kind: 'nothing' };
  }
  let item: Readonly<Record<string, unknown>> = { notification, delivery: { receivedAt } };
  for (const [name, record] of Object.entries(records)) {
    const asked = requestFor(name, record, item);
    if (asked.kind === 'fault') return asked;
    item = { ...item, [name]: await readApi({ headers, ...asked.request }) };
  }
  return { kind: 'item', item };
}

type Asked =
  | { readonly kind: 'request'; readonly request: HrApiRequest }
  | { readonly kind: 'fault'; readonly faults: readonly EventFault[] };

function requestFor(name: string, { path, ids, post }: RecordRead, item: unknown): Asked {
  const faults: EventFault[] = [];
  const found = new Map<string, string>();
  for (const [id, expression] of Object.entries(ids)) {
    const value = idAt(expression, item);
    if (value === undefined) faults.push(noId(`${name}.ids.${id}`, expression));
    else found.set(id, value);
  }
  if (faults.length > 0) return { kind: 'fault', faults };
  const filled = (text: string, spell: (id: string) => string) =>
    text.replace(PLACE, (place, id: string) => spell(found.get(id) ?? place));
  const body = post && filledIn(post, (text) => filled(text, (id) => id));
  return { kind: 'request', request: { path: filled(path, encodeURIComponent), ...(body && { body }) } };
}

const PLACE = /\{([a-z][A-Za-z0-9]*)\}/g;

/**
 * An id that may stand in a path: no slash, which some servers read even where it is encoded, and no step upwards. What
 * the notification names decides whose record is read, and never where.
 */
const idSchema = z
  .union([z.string(), z.int()])
  .transform(String)
  .pipe(z.string().regex(/^(?!\.{1,2}$)[^/\\\p{C}\p{Z}%?#]{1,200}$/u));

function idAt(expression: string, item: unknown): string | undefined {
  const found = searchPayload(expression, item);
  return found.kind === 'value' ? idSchema.safeParse(found.value).data : undefined;
}

const jsonSchema = z.json();
type Json = z.infer<typeof jsonSchema>;

function filledIn(object: Readonly<Record<string, Json>>, fill: (text: string) => string): Record<string, Json> {
  const filled = (value: Json): Json => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(filled);
    return typeof value === 'object' && value !== null ? filledIn(value, fill) : value;
  };
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, filled(value)]));
}

function noId(field: string, expression: string): EventFault {
  const remedy = 'correct the expression in the settings of the HR system, or what it sends, and redrive';
  return { field: `settings.read.records.${field}`, problem: `"${expression}" finds no id`, remedy };
}

function noAnswer(when: string): EventFault {
  const remedy = 'correct the setting so that it compares, such as type == `"updated"`, and redrive';
  return { field: 'settings.read.when', problem: `"${when}" is neither true nor false here`, remedy };
}
