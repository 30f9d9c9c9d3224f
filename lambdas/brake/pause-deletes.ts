import type { PauseStore } from '../cases/pause-store.ts';
import { type Pause, pauseAfter, standing, withRequest } from '../domain/brake/pause.ts';
import type { Operator } from '../domain/operator.ts';

type PausedDeletes =
  | { readonly kind: 'paused'; readonly pause: Pause }
  /** They were before; `isRequestVoid` where somebody had asked to resume, which is over now. */
  | { readonly kind: 'paused before'; readonly pause: Pause; readonly isRequestVoid: boolean }
  /** Somebody wrote in the same moment. */
  | { readonly kind: 'lost' };

/**
 * Pauses what cannot be undone, by an operator's word alone: that loses nothing. Where it is paused already, a wish to
 * resume it is void, for whoever says so now knows of a reason against.
 * Second run: paused before.
 */
export async function pauseDeletes(
  { pauses, now }: { readonly pauses: Pick<PauseStore, 'latest' | 'begin' | 'replace'>; readonly now: () => Date },
  said: { readonly by: Operator; readonly reason: string },
): Promise<PausedDeletes> {
  const latest = await pauses.latest();
  const paused = standing(latest);
  if (!paused) {
    const pause = pauseAfter(latest, { kind: 'operator', ...said }, now().toISOString());
    return (await pauses.begin(pause)) ? { kind: 'paused', pause } : { kind: 'lost' };
  }
  if (!paused.request) return { kind: 'paused before', pause: paused, isRequestVoid: false };
  const written = await pauses.replace(paused, withRequest(paused, undefined));
  return written ? { kind: 'paused before', pause: written, isRequestVoid: true } : { kind: 'lost' };
}
