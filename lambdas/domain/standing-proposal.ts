import type { ContractName } from './effect.ts';
import type { CaseIn } from './offboarding-case.ts';

/**
 * The first of two approvals, as long as it still means what its approver read: under another contract the same choice
 * is another effect, and then it counts for nothing.
 */
export function standingProposal({ proposal }: Pick<CaseIn<'asked'>, 'proposal'>, contract: ContractName) {
  return proposal?.contract === contract ? proposal : undefined;
}
