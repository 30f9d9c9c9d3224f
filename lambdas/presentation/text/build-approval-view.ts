import { standingActiveAgain } from '../../domain/active-again.ts';
import type { DecidingApprover } from '../../domain/approver.ts';
import { BRAKE_OFF, type Brake } from '../../domain/brake/pause.ts';
import { type ContractName, effectOf, effectsUnder } from '../../domain/effect.ts';
import { canonicalJson, sha256 } from '../../domain/evidence.ts';
import type { CaseIn } from '../../domain/offboarding-case.ts';
import { standingProposal } from '../../domain/standing-proposal.ts';
import type { VotingRules } from '../../domain/voting-rules.ts';
import type { ApprovalView, ProposedDecision } from './approval-view.ts';

export interface ApprovalTerms {
  readonly contract: ContractName;
  readonly rules: VotingRules;
  /** The undo window of an irreversible effect, seconds. */
  readonly holdSeconds: number;
}

/**
 * What one approver is shown of a case, on the page and in the mail, with the hash that a decision records. Whether deletes
 * are paused is no fact about the leaver: a page that was opened before is not out of date by it.
 */
export function buildApprovalView(
  asked: CaseIn<'asked'>,
  approver: DecidingApprover,
  terms: ApprovalTerms,
  brake: Brake = BRAKE_OFF,
): ApprovalView {
  const { termination, account, approval, disabledAt } = asked;
  const activeAgain = standingActiveAgain(asked).map(({ source, reportedAt }) => ({ source, reportedAt }));
  const facts = {
    caseId: asked.caseId,
    leaver: { displayName: termination.displayName, workEmail: termination.workEmail },
    terminationReportedAt: termination.reportedAt,
    source: termination.source,
    lastWorkingMoment: termination.lastWorkingMoment,
    timeZone: termination.timeZone,
    reason: termination.reason,
    ...(termination.unread && { unread: termination.unread }),
    account,
    disabledAt,
    secondsToDisable: secondsToDisable(asked),
    contract: terms.contract,
    effects: effectsUnder(terms.contract, terms.rules).filter(
      ({ isReversible }) => isReversible || activeAgain.length === 0,
    ),
    ...(activeAgain.length > 0 && { activeAgain }),
    expiresAt: approval.expiresAt,
    holdSeconds: terms.holdSeconds,
    facts: asked.facts,
    proposal: proposalOf(asked, terms),
  };
  return {
    ...facts,
    ...(brake.kind !== 'off' && { brake, effects: facts.effects.filter(({ isReversible }) => isReversible) }),
    approver,
    others: approval.approvers.filter((other) => other.email !== approver.email),
    shownHash: sha256(canonicalJson(facts)),
  };
}

function proposalOf(
  asked: CaseIn<'asked'>,
  { contract, rules }: Pick<ApprovalTerms, 'contract' | 'rules'>,
): ProposedDecision | undefined {
  const proposal = standingProposal(asked, contract);
  if (!proposal) return undefined;
  const { approver, choice, reason, votedAt } = proposal;
  return { approver, effect: effectOf(contract, choice, rules), reason, votedAt };
}

/** Seconds that the leaver kept access although HR had said that it must end. */
function secondsToDisable(asked: Pick<CaseIn<'disabled'>, 'termination' | 'disabledAt'>): number {
  const due = Math.max(Date.parse(asked.termination.reportedAt), Date.parse(asked.termination.lastWorkingMoment));
  return Math.max(0, Math.round((Date.parse(asked.disabledAt) - due) / 1000));
}
