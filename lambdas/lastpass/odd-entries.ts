import type * as z from 'zod';
import type { Answer } from './read-answer.ts';

/** Entries of one answer that have another shape than any contract gives them: told without what they hold. */
export interface OddEntries {
  readonly command: string;
  /** Of the answer. */
  readonly field: string;
  readonly count: number;
  /** The first of them: where it stands, from 1, what its key looks like, and which of its fields is odd. */
  readonly first: {
    readonly position: number;
    readonly key: 'number' | 'address' | 'text' | 'none';
    readonly fault: string;
  };
}

export interface OddEntry {
  readonly key: string;
  readonly value: unknown;
  /** Names of fields only. */
  readonly fault: string;
}

interface Entries<Value> {
  readonly read: readonly (readonly [key: string, value: Value])[];
  readonly odd: readonly OddEntry[];
}

/** An entry of a map by its key, or of a list by its index. */
export type EntryKey = string | number;

/**
 * Reads a map or a list entry by entry, so that a strange one does not fail all others. What it means that some could not
 * be read is for the caller to say: never that they are not there.
 */
export function readEntries<Value>(
  answer: Answer,
  field: string,
  { container, schema }: { readonly container: unknown; readonly schema: z.ZodType<Value> },
): Entries<Value> {
  const reader = new EntryReader(field, schema);
  const read: (readonly [string, Value])[] = [];
  const odd: OddEntry[] = [];
  for (const [key, value] of entriesIn(container)) {
    const entry = reader.read(key, value);
    if (entry.kind === 'odd') odd.push(entry);
    else read.push([String(key), entry.value]);
  }
  reader.tell(answer);
  return { read, odd };
}

/** The same for entries that come one after the other. */
export class EntryReader<Value> {
  readonly #field: string;
  readonly #schema: z.ZodType<Value>;
  #position = 0;
  #count = 0;
  #first: OddEntries['first'] | undefined;

  constructor(field: string, schema: z.ZodType<Value>) {
    this.#field = field;
    this.#schema = schema;
  }

  read(key: EntryKey, value: unknown): { readonly kind: 'read'; readonly value: Value } | ({ kind: 'odd' } & OddEntry) {
    this.#position += 1;
    const parsed = this.#schema.safeParse(value);
    if (parsed.success) return { kind: 'read', value: parsed.data };
    const fault = [this.#field, ...fieldNamesIn(parsed.error)].join('.');
    this.#count += 1;
    this.#first ??= { position: this.#position, key: shapeOf(key), fault };
    return { kind: 'odd', key: String(key), value, fault };
  }

  tell({ command, onOddEntries }: Answer): void {
    if (this.#first) onOddEntries({ command, field: this.#field, count: this.#count, first: this.#first });
  }
}

/** PHP writes a list with a gap as an object, an empty map as a list, and what is absent in several ways. */
export function entriesIn(container: unknown): readonly (readonly [EntryKey, unknown])[] {
  if (container === undefined || container === null || container === '' || container === false) return [];
  if (Array.isArray(container)) return [...container.entries()];
  return typeof container === 'object' ? Object.entries(container) : [['', container]];
}

/** Keys of a map are ids, addresses or names: only the names of fields may be told. */
export function fieldNamesIn(error: z.ZodError): readonly string[] {
  const path = error.issues[0]?.path ?? [];
  return path.filter((part): part is string => typeof part === 'string' && /^[A-Za-z_]+$/u.test(part));
}

function shapeOf(key: EntryKey): OddEntries['first']['key'] {
  if (key === '' || typeof key === 'number') return 'none';
  if (/^\d+$/u.test(key)) return 'number';
  return key.includes('@') ? 'address' : 'text';
}
