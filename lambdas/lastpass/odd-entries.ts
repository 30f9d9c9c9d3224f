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

/**
 * Reads a map or a list entry by entry, so that a strange one does not fail all others. What it means that some could not
 * be read is for the caller to say: never that they are not there.
 */
export function readEntries<Value>(
  answer: Answer,
  field: string,
  { container, schema }: { readonly container: unknown; readonly schema: z.ZodType<Value> },
): Entries<Value> {
  const read: (readonly [string, Value])[] = [];
  const odd: OddEntry[] = [];
  let first: OddEntries['first'] | undefined;
  for (const [index, [key, value]] of entriesIn(container).entries()) {
    const parsed = schema.safeParse(value);
    if (parsed.success) {
      read.push([key, parsed.data]);
      continue;
    }
    const fault = [field, ...fieldNamesIn(parsed.error)].join('.');
    odd.push({ key, value, fault });
    first ??= { position: index + 1, key: shapeOf(Array.isArray(container) ? '' : key), fault };
  }
  if (first) answer.onOddEntries({ command: answer.command, field, count: odd.length, first });
  return { read, odd };
}

/** PHP writes a list with a gap as an object, an empty map as a list, and what is absent in several ways. */
function entriesIn(container: unknown): readonly (readonly [string, unknown])[] {
  if (container === undefined || container === null || container === '' || container === false) return [];
  return typeof container === 'object' ? Object.entries(container) : [['', container]];
}

/** Keys of a map are ids, addresses or names: only the names of fields may be told. */
export function fieldNamesIn(error: z.ZodError): readonly string[] {
  const path = error.issues[0]?.path ?? [];
  return path.filter((part): part is string => typeof part === 'string' && /^[A-Za-z_]+$/u.test(part));
}

function shapeOf(key: string): OddEntries['first']['key'] {
  if (key === '') return 'none';
  if (/^\d+$/u.test(key)) return 'number';
  return key.includes('@') ? 'address' : 'text';
}
