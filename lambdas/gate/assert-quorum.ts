import { shortfallOfDecision } from '../domain/decision.ts';
import type { ContractName } from '../domain/effect.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import type { Shortfall } from '../domain/vote.ts';
import type { VotingRules } from '../domain/voting-rules.ts';
import { QuorumIncompleteError } from './errors.ts';

/** What a decision on record is judged by before it is carried out. */
export interface RulesInForce {
  readonly contract: ContractName;
  readonly rules: VotingRules;
  /** Whether two addresses are one person's. */
  readonly people: People;
}

const LACKS: Record<Shortfall, string> = {
  'too few votes': 'too few people chose it',
  'another choice': 'not everybody chose the same',
  'named by HR': 'somebody chose it whom only HR names',
  'same person': 'one person cast both votes',
  'same role': 'both votes came from one role',
  'not confirmed': 'not everybody proved to be themselves as this choice needs it',
};

/**
 * The votes on record suffice for what they chose. Counted anew because an older version may have recorded them, or the
 * rules may have become stricter since.
 * @throws QuorumIncompleteError
 */
export function assertQuorum({ caseId, decision }: CaseIn<'decided'>, inForce: RulesInForce): void {
  const shortfall = shortfallOfDecision(decision, inForce);
  if (!shortfall) return;
  throw new QuorumIncompleteError(
    `the decision on record does not suffice under the rules in force: ${LACKS[shortfall]}; have the approvers asked again with "offboard reopen ${caseId}"`,
  );
}
