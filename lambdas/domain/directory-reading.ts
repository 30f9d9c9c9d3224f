import * as z from 'zod';
import { sha256 } from './evidence.ts';

/**
 * How far a read of everybody at LastPass has come. It names nobody: what was found is found again on the pages where it was, and
 * so is never older than the answer that is made of it.
 */
export const directoryCursorSchema = z.object({
  /** When the first page was read. */
  begunAt: z.iso.datetime(),
  /** From 0. */
  nextPage: z.int().positive(),
  /** How many users the pages before it list. */
  listed: z.int().nonnegative(),
  /** Of the page before it: a hash of the user ids in their order, and the count of everybody. */
  lastPage: z.object({ ids: z.string(), total: z.int().nonnegative().optional() }),
  /** Where something was found that the answer is made of. */
  pagesOfUse: z.array(z.int().nonnegative()),
  isEnded: z.boolean(),
});
export type DirectoryCursor = z.infer<typeof directoryCursorSchema>;

/** Lets reads of everybody go on where an earlier invocation of the same step stopped. */
export interface DirectoryReading {
  /** Whether the invocation has time for another page. */
  hasTime(): boolean;
  now(): Date;
  /** Where the read of this name stopped, unless that is too long ago to be told of anybody. */
  find(name: string): Promise<DirectoryCursor | undefined>;
  keep(name: string, cursor: DirectoryCursor): Promise<void>;
}

/** One for each invocation of a step, whose time begins when it is asked for. */
export interface DirectoryReadings {
  of(step: { readonly caseId: string; readonly executionArn: string }): DirectoryReading;
}

/** A name for each question that everybody is read for, which tells nobody whom it is about. */
export function readingName(
  what: 'account' | 'administrators' | 'candidates' | 'people',
  ...about: readonly string[]
): string {
  return `${what}-${sha256(about.join('\n'))}`;
}
