/**
 * One way in which a call goes wrong. Kinds named `…AfterWrite` lose the answer of a command that was carried out, which
 * no client can tell from the other kind.
 */
export type Fault =
  | { readonly kind: 'throttled' | 'forbidden' | 'maintenancePage' | 'authorizationError' }
  | { readonly kind: 'serverError'; readonly status?: 500 | 502 | 503 | 504 }
  | { readonly kind: 'timeoutBeforeWrite' | 'timeoutAfterWrite' }
  | { readonly kind: 'resetBeforeWrite' | 'resetAfterWrite' }
  | { readonly kind: 'truncatedAfterWrite' | 'emptyAfterWrite' }
  | { readonly kind: 'latency'; readonly latencyMs: number }
  /** Any other answer, without doing anything. */
  | { readonly kind: 'answer'; readonly text: string; readonly status?: number };

/** Faults waiting for calls. `'*'` stands for every command. */
export interface Faults {
  /** The next `count` calls of this command go wrong, after those already waiting. */
  next(cmd: string, fault: Fault, count?: number): void;
  clear(): void;
}

interface FaultQueue extends Faults {
  /** The fault for this call, which is used up. */
  take(cmd: string): Fault | undefined;
}

export function createFaultQueue(): FaultQueue {
  let waiting: { readonly cmd: string; readonly fault: Fault; readonly left: number }[] = [];
  return {
    next(cmd, fault, count = 1) {
      waiting.push({ cmd, fault, left: count });
    },
    clear() {
      waiting = [];
    },
    take(cmd) {
      const index = waiting.findIndex((each) => each.cmd === cmd || each.cmd === '*');
      const found = waiting[index];
      if (found === undefined) return undefined;
      waiting = waiting.with(index, { ...found, left: found.left - 1 }).filter((each) => each.left > 0);
      return found.fault;
    },
  };
}

/** Whether the command is carried out although the caller never learns it. */
export function isAfterWrite({ kind }: Fault): boolean {
  return kind.endsWith('AfterWrite') || kind === 'latency';
}
