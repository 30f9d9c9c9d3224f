import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type TimelineEntry, timelineEntrySchema } from './timeline.ts';

/**
 * A timeline entry chained to the one before it: changing, dropping or reordering any of them breaks every later hash.
 * The hash covers every field that is there, so evidence of a version that had fewer, or has more, verifies as well, and
 * a field that was added since does not. Evidence of schema 1 has no codes.
 */
export const chainedEntrySchema = timelineEntrySchema
  .extend({ code: z.string().optional(), previousHash: z.string(), hash: z.string() })
  .loose();
export type ChainedEntry = z.infer<typeof chainedEntrySchema>;

/** What the first entry points back to: the evidence record's own identity. */
function chainStart(subject: string): string {
  return sha256(subject);
}

/** Chains entries by hash. A pure function of its input, so that sealing twice gives the same bytes. */
export function chain(subject: string, entries: readonly TimelineEntry[]): ChainedEntry[] {
  let previousHash = chainStart(subject);
  return entries.map((entry) => {
    const hash = sha256(canonicalJson({ ...entry, previousHash }));
    const chained = { ...entry, previousHash, hash };
    previousHash = hash;
    return chained;
  });
}

/** The index of the first entry that does not fit its chain; `undefined` when all fit. */
export function firstBrokenEntry(subject: string, entries: readonly ChainedEntry[]): number | undefined {
  let previousHash = chainStart(subject);
  for (const [index, { hash, ...entry }] of entries.entries()) {
    if (entry.previousHash !== previousHash || sha256(canonicalJson(entry)) !== hash) return index;
    previousHash = hash;
  }
  return undefined;
}

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** JSON with object keys in code-unit order and no white space: the same value gives the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
