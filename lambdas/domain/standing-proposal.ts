import { isNamedByHr } from './approver.ts';
import { type ContractName, effectOf } from './effect.ts';
import type { CaseIn } from './offboarding-case.ts';

/**
 * The first of two approvals, as long as it still means what its approver read: under another contract the same choice
 * is another effect, and then it counts for nothing. Nor does one of somebody whom only HR names, or
 * by the link alone, as older cases may hold.
 */
export function standingProposal({ proposal }: Pick<CaseIn<'asked'>, 'proposal'>, contract: ContractName) {
  if (proposal?.contract !== contract) return undefined;
  const isTooLittle = isNamedByHr(proposal.approver) || proposal.stepUp === 'none';
  return isTooLittle && !effectOf(contract, proposal.choice).isReversible ? undefined : proposal;
}
