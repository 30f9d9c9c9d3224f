import type { Attempt } from './attempts.ts';
import type { JournalRecord } from './journal.ts';
import type { JsonValue } from './json-value.ts';
import type { PreparedDefinition } from './prepared-definition.ts';

/** Where an execution starts or goes on. */
export interface ResumePoint {
  readonly state: string;
  readonly input: JsonValue;
  /** When the state was entered before the restart, in milliseconds since 1970. */
  readonly enteredAt?: number;
  readonly hasExited: boolean;
  /** The numbers of the attempts that were made since then: they are not made again where they came out. */
  readonly attempts: readonly number[];
  /** Waits that had begun and not ended, by state. */
  readonly openWaits: ReadonlyMap<string, { readonly enteredAt: number; readonly input: JsonValue }>;
}

/**
 * The last state of the main flow that was entered, with its input. What had come out inside it is replayed from the
 * journal, so a task that was completed is not repeated and its successor is found as it would have been.
 */
export function resumePointOf(records: readonly JournalRecord[], prepared: PreparedDefinition): ResumePoint {
  const index = records.findLastIndex((record) => record.kind === 'entered' && isTopLevel(record.state, prepared));
  const entry = records[index];
  if (entry?.kind !== 'entered') {
    const started = records.find((record) => record.kind === 'started');
    const state = prepared.definition.StartAt;
    return { state, input: started?.input ?? null, hasExited: false, attempts: [], openWaits: new Map() };
  }
  const since = records.slice(index);
  return {
    state: entry.state,
    input: entry.input,
    enteredAt: entry.at,
    hasExited: since.some((record) => record.kind === 'exited' && record.state === entry.state),
    attempts: since.flatMap((record) => (record.kind === 'scheduled' ? [record.attempt] : [])),
    openWaits: openWaitsOf(since, prepared),
  };
}

function isTopLevel(state: string, prepared: PreparedDefinition): boolean {
  // A state that the definition no longer has counts too, so that resuming stops there instead of going back.
  return prepared.states.get(state)?.isTopLevel ?? true;
}

function openWaitsOf(records: readonly JournalRecord[], prepared: PreparedDefinition): ResumePoint['openWaits'] {
  const open = new Map<string, { enteredAt: number; input: JsonValue }>();
  for (const record of records) {
    if (record.kind === 'exited') open.delete(record.state);
    if (record.kind !== 'entered' || open.has(record.state)) continue;
    const entered = prepared.states.get(record.state);
    // Inside a Map one state waits for many items at once: those wait in full again.
    if (entered?.state.Type !== 'Wait' || entered.isInsideMap) continue;
    open.set(record.state, { enteredAt: record.at, input: record.input });
  }
  return open;
}

/** Hands out, per key, the attempts that are not made again. */
export interface CarriedOver {
  peek(key: string): Attempt | undefined;
  take(key: string): Attempt | undefined;
}

/**
 * Of several attempts with one key, a failure that was followed by another attempt is over and done with; what
 * succeeded is replayed in order, and of the last one whatever came out, or what it still waits for.
 */
export function carryOver(attempts: readonly Attempt[]): CarriedOver {
  const queues = new Map<string, Attempt[]>();
  const unique = [...new Set(attempts)];
  for (const attempt of unique) {
    const isLast = unique.findLast((other) => other.key === attempt.key) === attempt;
    if (!isLast && attempt.outcome?.kind !== 'succeeded') continue;
    queues.set(attempt.key, [...(queues.get(attempt.key) ?? []), attempt]);
  }
  return { peek: (key) => queues.get(key)?.[0], take: (key) => queues.get(key)?.shift() };
}
