/** One thing that HR, or another system, says about a termination, by HR's clock in minutes. */
export interface Said {
  readonly of: 'first' | 'second';
  readonly what: 'cancelled' | 'rehired' | 'immediate' | number;
  readonly clock: number;
}

interface ModelCase {
  readonly of: Set<Said['of']>;
  /** `stopped` is a decision that was not carried out because the person was said to be active again. */
  phase: 'waiting' | 'disabled' | 'held' | 'kept' | 'stopped' | 'gone' | 'nothing to do';
  /** Said to be active again in a way that takes nothing back: closes what cannot be undone until it is cleared. */
  activeAgain?: { clock: number; isCleared: boolean };
  acted?: Said | undefined;
  goneAt?: number;
  /** What of taking back was not carried out, because another case stands. */
  keptBack?: string;
}

export const HOLD_MINUTES = 10;

/**
 * What must become of one account, whatever is said about it in whatever order. Written to be read: no executions, no
 * writes, no clocks but HR's and the world's.
 */
export class LifecycleModel {
  account: 'enabled' | 'disabled' | 'gone' = 'enabled';
  readonly #history: Said[] = [];
  readonly #cases: ModelCase[] = [];

  /** What stands: said since its termination was last taken back. "At once" first, then the latest date of each. */
  #wanted(one: ModelCase): { readonly at: number; readonly by: Said } | undefined {
    const stands = [...one.of].flatMap((of) => {
      const live = this.#history.filter((said) => said.of === of && this.#isLive(said));
      const latest = (some: Said[]) => some.toSorted((a, b) => b.clock - a.clock).slice(0, 1);
      const atOnce = latest(live.filter(({ what }) => what === 'immediate'));
      return atOnce.length > 0 ? atOnce : latest(live);
    });
    const due = stands.map((by) => ({ at: typeof by.what === 'number' ? by.what : Number.NEGATIVE_INFINITY, by }));
    return due.toSorted((a, b) => a.at - b.at)[0];
  }

  #isLive({ of, what, clock }: Said): boolean {
    const isTakenBackAfter = (said: Said) => said.of === of && isTakingBack(said) && said.clock >= clock;
    return what !== 'cancelled' && what !== 'rehired' && !this.#history.some(isTakenBackAfter);
  }

  receive(said: Said, now: number): void {
    this.#history.push(said);
    if (isTakingBack(said)) this.#receiveUnknownTakenBack(said);
    const known = this.#cases.find(({ of }) => of.has(said.of));
    const open = this.#cases.find(({ phase }) => ['waiting', 'disabled', 'held'].includes(phase));
    if (!known && !isTakingBack(said)) {
      if (open) open.of.add(said.of);
      else this.#cases.push({ of: new Set([said.of]), phase: 'waiting' });
    }
    const about = this.#cases.find(({ of }) => of.has(said.of));
    if (about && !isTakingBack(said) && said.clock > (about.activeAgain?.clock ?? Number.POSITIVE_INFINITY)) {
      about.activeAgain = { clock: about.activeAgain?.clock ?? 0, isCleared: true };
    }
    // A case that ended for a person is taken up again by the next report about it.
    if (about?.phase === 'stopped' && this.#wanted(about)) about.phase = 'waiting';
    this.pass(now);
  }

  /** A termination that nobody reported is taken back while another one of the same person stands. */
  #receiveUnknownTakenBack({ of, clock }: Said): void {
    if (this.#cases.some((one) => one.of.has(of))) return;
    const one = this.#cases.find(({ phase }) => phase !== 'gone' && phase !== 'nothing to do');
    const wanted = one && this.#wanted(one);
    if (!one || !wanted || clock <= wanted.by.clock) return;
    if (one.activeAgain === undefined || clock > one.activeAgain.clock) one.activeAgain = { clock, isCleared: false };
  }

  /** Brings every case to what is wanted at this minute. */
  pass(now: number): void {
    for (const one of this.#cases) {
      if (one.phase === 'held' && (this.#wanted(one) || isClosed(one)) && now >= (one.goneAt ?? 0)) {
        one.phase = isClosed(one) ? 'stopped' : 'gone';
        if (one.phase === 'gone') this.account = 'gone';
      }
      const wanted = this.#wanted(one);
      const isReportedAgain = one.acted === undefined || !this.#isLive(one.acted);
      // People chose to keep it disabled: HR alone does not undo that.
      if (!wanted && !['gone', 'kept', 'nothing to do'].includes(one.phase)) {
        if (this.#isKeptBack(one)) continue;
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

  /** Taken back while another case of the person wants the account disabled: it waits for a person, or for another word. */
  #isKeptBack(one: ModelCase): boolean {
    if (one.phase === 'waiting') return false;
    const back = this.#history.filter((said) => one.of.has(said.of) && isTakingBack(said));
    const latest = JSON.stringify(
      [...one.of].map((of) => Math.max(...back.filter((b) => b.of === of).map((b) => b.clock))),
    );
    if (one.keptBack === latest) return true;
    const isWantedElsewhere = this.#cases.some(
      (other) =>
        other !== one &&
        ['disabled', 'held', 'kept', 'stopped', 'waiting'].includes(other.phase) &&
        this.#wanted(other),
    );
    if (!isWantedElsewhere) return false;
    one.keptBack = latest;
    const clock = Math.max(...back.map((said) => said.clock));
    if (one.activeAgain === undefined || clock > one.activeAgain.clock) one.activeAgain = { clock, isCleared: false };
    return true;
  }

  /** People decide about the case that waits for them, if there is one. */
  decide(choice: '0' | '1' | '2', now: number): boolean {
    const asked = this.#cases.find(({ phase }) => phase === 'disabled');
    if (!asked || (choice !== '0' && isClosed(asked))) return false;
    asked.phase = choice === '0' ? 'kept' : 'held';
    asked.goneAt = now + HOLD_MINUTES;
    return true;
  }

  /** Whether a termination is due that has not been taken back. */
  get isDisablingWanted(): boolean {
    return this.#cases.some(({ acted }) => acted !== undefined && this.#isLive(acted));
  }
}

function isClosed({ activeAgain }: ModelCase): boolean {
  return activeAgain !== undefined && !activeAgain.isCleared;
}

function isTakingBack({ what }: Said): boolean {
  return what === 'cancelled' || what === 'rehired';
}
