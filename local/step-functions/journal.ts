import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { z } from 'zod';
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
  appendFileSync(file, `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

/** The lines of a journal. A last line that was cut short by a crash is removed from the file. */
export function readRecords(file: string): JournalRecord[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recordSchema.parse(JSON.parse(line)));
}
