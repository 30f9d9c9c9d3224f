import type { PreparedDefinition } from './prepared-definition.ts';

/**
 * How long to pause before a retry, in milliseconds.
 * @param attempt 1 for the first retry.
 * @param plannedMs what the definition says, before jitter.
 */
export type RetryPace = (stateName: string, attempt: number, plannedMs: number) => number;

/** The interpreter's retry overrides, answering at the moment of each failure. */
interface PacedRetries {
  readonly overrides: Record<string, number[]>;
  noteEntered(state: string): void;
  noteRetried(state: string): void;
}

/** Lets `pace` decide each pause; the counts start anew whenever a state is entered. */
export function paceRetries(prepared: PreparedDefinition, pace: RetryPace | undefined): PacedRetries {
  const retries = new Map<string, number>();
  const overrides: Record<string, number[]> = {};
  for (const { name, state } of pace === undefined ? [] : prepared.states.values()) {
    if (!('Retry' in state) || state.Retry === undefined) continue;
    const pauses: number[] = [];
    for (const [index, retrier] of state.Retry.entries()) {
      const get = () => {
        const count = retries.get(name) ?? 0;
        const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** count;
        return pace?.(name, count + 1, Math.min(seconds, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000);
      };
      Object.defineProperty(pauses, index, { get, enumerable: true });
    }
    overrides[name] = pauses;
  }
  return {
    overrides,
    noteEntered: (state) => retries.set(state, 0),
    noteRetried: (state) => retries.set(state, (retries.get(state) ?? 0) + 1),
  };
}
