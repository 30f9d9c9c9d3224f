import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { z } from 'zod';
import { appendToFile, parseJsonText, writing } from '../../data/data-files.ts';
import { jsonValueSchema } from './json-value.ts';

/** How an execution can end, in AWS's words. */
export const END_STATUSES = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** Every record carries when it was written, in milliseconds since 1970. */
const base = z.object({ at: z.number() });
const inState = base.extend({ state: z.string() });
/** One try of a task; attempts are numbered through the whole execution. */
const ofAttempt = inState.extend({ attempt: z.number() });

const startedSchema = base.extend({ kind: z.literal('started'), name: z.string(), input: jsonValueSchema });
const succeededSchema = ofAttempt.extend({ kind: z.literal('succeeded'), output: jsonValueSchema });
const failedSchema = ofAttempt.extend({ kind: z.literal('failed'), error: z.string(), cause: z.string() });
const timedOutSchema = ofAttempt.extend({ kind: z.literal('timedOut') });
const endedSchema = base.extend({
  kind: z.literal('ended'),
  status: z.enum(END_STATUSES),
  output: jsonValueSchema.optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});

const recordSchema = z.discriminatedUnion('kind', [
  startedSchema,
  inState.extend({ kind: z.literal('entered'), input: jsonValueSchema }),
  inState.extend({ kind: z.literal('exited'), output: jsonValueSchema }),
  ofAttempt.extend({
    kind: z.literal('scheduled'),
    /** Which later attempt may stand in for this one; see `attempts.ts`. */
    key: z.string(),
    resource: z.string(),
    /** Without the task token. */
    input: jsonValueSchema,
    timeoutSeconds: z.number(),
  }),
  /** The function of a task that waits for its token has answered: the token is out. */
  ofAttempt.extend({ kind: z.literal('submitted') }),
  succeededSchema,
  failedSchema,
  timedOutSchema,
  inState.extend({ kind: z.literal('retried'), retry: z.number() }),
  inState.extend({ kind: z.literal('caught'), next: z.string() }),
  /** Taken up again after a restart. */
  base.extend({ kind: z.literal('resumed') }),
  endedSchema,
]);

export type JournalRecord = z.infer<typeof recordSchema>;
export type StartedRecord = z.infer<typeof startedSchema>;
export type EndedRecord = z.infer<typeof endedSchema>;
/** How one attempt of a task came out. */
export type Outcome = z.infer<typeof succeededSchema> | z.infer<typeof failedSchema> | z.infer<typeof timedOutSchema>;

/** Adds one line. Synchronous, so that what was acted upon is written even if the process is killed right after. */
export function appendRecord(file: string, record: JournalRecord): void {
  appendToFile(file, lineOf(record));
}

/** Begins a journal. It comes into being with its first line, so that an empty one is never a process that was killed. */
export function beginJournal(file: string, started: StartedRecord): void {
  writing(file, () => {
    rmSync(`${file}.new`, { force: true });
    appendFileSync(`${file}.new`, lineOf(started), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  });
}

function lineOf(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/**
 * The lines of a journal. A last line that was cut short by a crash is removed from the file.
 * @throws DataFileError when another line is damaged, or the first is not how it began
 */
export function readRecords(file: string): [StartedRecord, ...JournalRecord[]] {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first = '', ...others] = whole.split('\n').slice(0, -1);
  const started = parseJsonText(file, first, startedSchema, ' in line 1');
  const later = others.map((line, index) => parseJsonText(file, line, recordSchema, ` in line ${index + 2}`));
  if (whole.length < text.length) writing(file, () => truncateSync(file, Buffer.byteLength(whole)));
  return [started, ...later];
}
