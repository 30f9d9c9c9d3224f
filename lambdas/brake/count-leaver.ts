import type { LeaverCounter } from '../cases/leaver-counter.ts';
import type { PauseStore } from '../cases/pause-store.ts';
import { type BrakeRules, leaversAllowed } from '../domain/brake/leaver-limit.ts';
import { pauseAfter, standing } from '../domain/brake/pause.ts';

interface CountLeaverDeps {
  /** Each gives up after a moment, all that is asked of it included: nobody's disabling waits for it. */
  readonly open: () => {
    readonly pauses: Pick<PauseStore, 'latest' | 'begin'>;
    readonly leavers: Pick<LeaverCounter, 'count' | 'directorySize'>;
  };
  readonly rules: BrakeRules;
  /** Deletes are paused from now on. */
  readonly onPaused: () => void;
  /** This leaver was not counted, which a person must hear. */
  readonly onUncounted: (error: unknown) => void;
  readonly now: () => Date;
}

/** Counts somebody who is reported to leave. Never throws. */
export type CountLeaver = (id: string) => Promise<void>;

/**
 * Counts a leaver, and pauses what cannot be undone once there are more within an hour than is usual. While deletes are
 * paused nobody needs to be counted, so thousands at once cost a read each.
 * Second run: the same id counts once.
 */
export function createCountLeaver(deps: CountLeaverDeps): CountLeaver {
  return async (id) => {
    try {
      if (await countAndPause(deps, id)) deps.onPaused();
    } catch (error) {
      deps.onUncounted(error);
    }
  };
}

async function countAndPause({ open, rules, now }: CountLeaverDeps, id: string): Promise<boolean> {
  const { pauses, leavers } = open();
  const [latest, size] = await Promise.all([pauses.latest(), leavers.directorySize()]);
  if (standing(latest)) return false;
  const at = now();
  const caseIds = await leavers.count(latest?.number ?? 0, { id, at });
  const limit = leaversAllowed(size, rules);
  if (caseIds.length <= limit) return false;
  const cause = { kind: 'surge', leavers: caseIds.length, limit, caseIds } as const;
  return pauses.begin(pauseAfter(latest, cause, at.toISOString()));
}
