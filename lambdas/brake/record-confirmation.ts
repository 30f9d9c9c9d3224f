import { type Departures, departureOf } from '../cases/departures.ts';
import type { PauseStore } from '../cases/pause-store.ts';
import type { Pause } from '../domain/brake/pause.ts';
import { type Confirmation, RESUME, type ResumeRequest } from '../domain/brake/resume-request.ts';
import type { People } from '../domain/people.ts';
import { isConfirmedUnder, shortfallOf, tally, type VoteRefusal } from '../domain/vote.ts';
import type { VotingRules } from '../domain/voting-rules.ts';

/** A pause that somebody asked to end. */
export type RequestedPause = Pause & { readonly request: ResumeRequest };

export interface RecordConfirmationDeps {
  readonly pauses: Pick<PauseStore, 'replace'>;
  readonly departures: Departures;
  readonly people: People;
  readonly rules: VotingRules;
  readonly now: () => Date;
}

export type RecordedConfirmation =
  /** The first of two. */
  | { readonly kind: 'first'; readonly pause: RequestedPause }
  | { readonly kind: 'resumed'; readonly pause: RequestedPause }
  | { readonly kind: 'refused'; readonly why: VoteRefusal | 'not confirmed' }
  /** Something else was written first. */
  | { readonly kind: 'lost' };

/**
 * Records one approver's confirmation; the second of two ends the pause in the same write. Counted by the rules of every
 * effect that cannot be undone: different people, different roles, each proved, nobody who leaves.
 */
export async function recordConfirmation(
  deps: RecordConfirmationDeps,
  shown: RequestedPause,
  confirmation: Confirmation,
): Promise<RecordedConfirmation> {
  const { people } = deps;
  if (await departureOf(deps.departures, confirmation.approver)) return { kind: 'refused', why: 'link closed' };
  if (!isConfirmedUnder(deps.rules, RESUME, confirmation)) return { kind: 'refused', why: 'not confirmed' };
  const counted = tally(await firstConfirmation(deps, shown), confirmation, { effect: RESUME, people });
  switch (counted.kind) {
    case 'refused':
      return counted;
    case 'decided':
      return resume(deps, shown, counted.by);
    default: {
      const request = { ...shown.request, confirmations: [confirmation] };
      const written = await deps.pauses.replace(shown, { ...shown, request });
      return written ? { kind: 'first', pause: { ...written, request } } : { kind: 'lost' };
    }
  }
}

/** The first of two, unless whoever gave it is reported as a leaver since. */
export async function firstConfirmation(
  { departures }: { readonly departures: Departures },
  { request: { confirmations } }: RequestedPause,
): Promise<Confirmation | undefined> {
  const [first] = confirmations;
  return first && ((await departureOf(departures, first.approver)) ? undefined : first);
}

async function resume(
  deps: RecordConfirmationDeps,
  shown: RequestedPause,
  by: readonly Confirmation[],
): Promise<RecordedConfirmation> {
  const shortfall = shortfallOf(by, { effect: RESUME, people: deps.people });
  if (shortfall) throw new TypeError(`confirmations were counted as enough, but: ${shortfall}`);
  const confirmations = [...by];
  const request = { ...shown.request, confirmations };
  const resumed = { at: deps.now().toISOString(), confirmations };
  const written = await deps.pauses.replace(shown, { ...shown, request, resumed });
  return written ? { kind: 'resumed', pause: { ...written, request } } : { kind: 'lost' };
}
