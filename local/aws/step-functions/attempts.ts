import type { JournalRecord, Outcome } from './journal.ts';

/** One try of a task, as the journal tells it. */
export interface Attempt {
  readonly id: number;
  readonly state: string;
  /** The state's name; inside a Map, where one state runs for many items, with the item's input. */
  readonly key: string;
  /** First time, in milliseconds since 1970. */
  readonly scheduledAt: number;
  readonly timeoutSeconds: number;
  isSubmitted: boolean;
  outcome: Outcome | undefined;
}

/** The attempts of an execution; `note` each record that is written. */
export function noteAttempt(attempts: Map<number, Attempt>, record: JournalRecord): void {
  if (record.kind === 'scheduled') {
    if (attempts.has(record.attempt)) return;
    const { attempt: id, state, key, at: scheduledAt, timeoutSeconds } = record;
    attempts.set(id, { id, state, key, scheduledAt, timeoutSeconds, isSubmitted: false, outcome: undefined });
    return;
  }
  if (!('attempt' in record)) return;
  const attempt = attempts.get(record.attempt);
  if (attempt === undefined) return;
  if (record.kind === 'submitted') attempt.isSubmitted = true;
  else attempt.outcome = record;
}
