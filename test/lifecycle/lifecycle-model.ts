/** One thing that HR, or another system, says about a termination, by HR's clock in minutes. */
export interface Said {
  readonly of: 'first' | 'second';
  readonly what: 'cancelled' | 'rehired' | 'immediate' | number;
  readonly clock: number;
}

interface ModelCase {
  readonly of: Set<Said['of']>;
  phase: 'waiting' | 'disabled' | 'held' | 'kept' | 'gone' | 'nothing to do';
  acted?: Said | undefined;
  goneAt?: number;
}

export const HOLD_MINUTES = 10;

/**
 * What must become of one account, whatever is said about it in whatever order. Written to be read: no executions, no
 * writes, no clocks but HR's and the world's.
 */
export class LifecycleModel {
  account: 'enabled' | 'disabled' | 'gone' = 'enabled';
  readonly #heard: Said[] = [];
  readonly #cases: ModelCase[] = [];

  /** What stands: said since its termination was last taken back. "At once" first, then the latest date of each. */
  #wanted(one: ModelCase): { readonly at: number; readonly by: Said } | undefined {
    const stands = [...one.of].flatMap((of) => {
      const live = this.#heard.filter((said) => said.of === of && this.#isLive(said));
      const latest = (some: Said[]) => some.toSorted((a, b) => b.clock - a.clock).slice(0, 1);
      const atOnce = latest(live.filter(({ what }) => what === 'immediate'));
      return atOnce.length > 0 ? atOnce : latest(live);
    });
    const due = stands.map((by) => ({ at: typeof by.what === 'number' ? by.what : Number.NEGATIVE_INFINITY, by }));
    return due.toSorted((a, b) => a.at - b.at)[0];
  }

  #isLive({ of, what, clock }: Said): boolean {
    const isTakenBackAfter = (said: Said) => said.of === of && isTakingBack(said) && said.clock >= clock;
    return what !== 'cancelled' && what !== 'rehired' && !this.#heard.some(isTakenBackAfter);
  }

  hear(said: Said, now: number): void {
    this.#heard.push(said);
    const known = this.#cases.find(({ of }) => of.has(said.of));
    const open = this.#cases.find(({ phase }) => ['waiting', 'disabled', 'held'].includes(phase));
    if (!known && !isTakingBack(said)) {
      if (open) open.of.add(said.of);
      else this.#cases.push({ of: new Set([said.of]), phase: 'waiting' });
    }
    this.pass(now);
  }

  /** Brings every case to what is wanted at this minute. */
  pass(now: number): void {
    for (const one of this.#cases) {
      if (one.phase === 'held' && this.#wanted(one) && now >= (one.goneAt ?? 0)) {
        one.phase = 'gone';
        this.account = 'gone';
      }
      const wanted = this.#wanted(one);
      const isReportedAgain = one.acted === undefined || !this.#isLive(one.acted);
      if (!wanted && one.phase !== 'gone' && one.phase !== 'nothing to do') {
        if (one.phase !== 'waiting') this.account = 'enabled';
        one.phase = 'nothing to do';
        one.acted = undefined;
      } else if (wanted && isReportedAgain && (one.phase === 'gone' || one.phase === 'nothing to do')) {
        one.phase = 'waiting';
      }
      if (one.phase === 'waiting' && wanted && wanted.at <= now) {
        one.acted = wanted.by;
        one.phase = this.account === 'gone' ? 'nothing to do' : 'disabled';
        if (this.account === 'enabled') this.account = 'disabled';
      }
    }
  }

  /** People decide about the case that waits for them, if there is one. */
  decide(choice: '0' | '1' | '2', now: number): boolean {
    const asked = this.#cases.find(({ phase }) => phase === 'disabled');
    if (!asked) return false;
    asked.phase = choice === '0' ? 'kept' : 'held';
    asked.goneAt = now + HOLD_MINUTES;
    return true;
  }

  /** Whether a termination is due that has not been taken back. */
  get isDisablingWanted(): boolean {
    return this.#cases.some(({ acted }) => acted !== undefined && this.#isLive(acted));
  }
}

function isTakingBack({ what }: Said): boolean {
  return what === 'cancelled' || what === 'rehired';
}
