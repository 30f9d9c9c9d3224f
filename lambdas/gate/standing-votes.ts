import { type Departures, departureOf } from '../cases/departures.ts';
import { isNamedByHr } from '../domain/approver.ts';
import { type CaseIn, leaverAddresses } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import { DecisionMissingError } from './errors.ts';

export interface StandingVotesDeps {
  readonly departures: Departures;
  readonly people: People;
}

/**
 * Asks of a recorded decision once more what its votes were asked when they were cast, for a report may have crossed
 * them, and an older program may have recorded them: nobody reported as a leaver before they voted, never the leaver,
 * nobody twice, and nobody whom only HR names where it cannot be undone.
 * @throws DecisionMissingError when a vote does not stand: nothing is carried out, and a person has to look
 */
export async function assertVotesStand(
  { departures, people }: StandingVotesDeps,
  current: CaseIn<'decided' | 'committed'>,
): Promise<void> {
  const { votes, effect } = current.decision;
  const leaver = leaverAddresses(current).map((email) => ({ email }));
  for (const [index, { approver, votedAt }] of votes.entries()) {
    const departure = await departureOf(departures, approver);
    if (departure && departure.since <= votedAt)
      throw fallen(current, 'was cast after its approver was reported as a leaver');
    if (people.isAnyOf(approver, leaver)) throw fallen(current, 'is the leaver’s own');
    const before = votes.slice(0, index).map((vote) => vote.approver);
    if (people.isAnyOf(approver, before)) throw fallen(current, 'is a second one of the same person');
    if (!effect.isReversible && isNamedByHr(approver)) throw fallen(current, 'is of somebody whom only HR names');
  }
}

function fallen({ caseId }: { caseId: string }, why: string): DecisionMissingError {
  return new DecisionMissingError(
    `${caseId}: the decision on record does not stand, for a vote ${why}; have it asked anew`,
  );
}
