/** A schedule that is not `rate(…)`. */
export class UnsupportedScheduleError extends Error {
  override readonly name = 'UnsupportedScheduleError';
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** `setTimeout` keeps its delay in 31 bits and fires at once beyond: 24.8 days. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Milliseconds between two runs of `rate(5 minutes)`.
 * @throws UnsupportedScheduleError for `cron(…)` and anything else, naming the rule.
 */
export function rateMs(expression: string, ruleName: string): number {
  const match = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const every = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? 0);
  if (every > 0) return every;
  throw new UnsupportedScheduleError(`rule ${ruleName}: the schedule ${expression} is not known here; use rate(…)`);
}

/** Calls `run` every `everyMs`, the first time after that time. Returns what stops it; it keeps no process alive. */
export function repeat(everyMs: number, run: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (remainingMs: number): void => {
    const delayMs = Math.min(remainingMs, LONGEST_DELAY_MS);
    timer = setTimeout(() => {
      const rest = remainingMs - delayMs;
      if (rest <= 0) run();
      arm(rest > 0 ? rest : everyMs);
    }, delayMs);
    timer.unref();
  };
  arm(everyMs);
  return () => clearTimeout(timer);
}
