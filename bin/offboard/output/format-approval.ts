import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import type { Vote } from '../../../lambdas/domain/vote.ts';
import type { Fact } from '../../../lambdas/presentation/text/case-facts.ts';
import { formatTime } from '../../../lambdas/presentation/text/format-time.ts';

/** Who was asked, until when, and what was proposed; empty before anybody was asked. */
export function formatApproval(found: OffboardingCase): Fact[] {
  if (found.status === 'opened' || found.status === 'disabled' || !found.approval) return [];
  const { approval, proposal, termination } = found;
  const people = approval.approvers.map(
    ({ displayName, email, role, toldAt }) => `${displayName} <${email}>, ${role}${toldAt ? '' : '; NOT TOLD'}`,
  );
  return [
    { label: 'Asked', lines: people },
    { label: 'Requested', lines: [formatTime(approval.requestedAt, termination.timeZone)] },
    { label: 'Decide before', lines: [formatTime(approval.expiresAt, termination.timeZone)] },
    ...(proposal && found.status === 'asked' ? voteFacts('Proposed', proposal, termination.timeZone) : []),
  ];
}

/** What was decided, by whose votes, and until when it is held; empty before. */
export function formatDecision(found: OffboardingCase): Fact[] {
  if (!('decision' in found) || !found.decision) return [];
  const { decision, holdUntil, termination } = found;
  const { effect, approver, reason } = decision;
  return [
    { label: 'Effect', lines: [`${effect.label}${effect.isReversible ? '' : ' (cannot be undone once carried out)'}`] },
    ...decision.votes.flatMap((vote) => voteFacts('Vote', vote, termination.timeZone)),
    { label: 'Decided by', lines: [`${approver.displayName} <${approver.email}>, ${approver.role}`] },
    { label: 'Decided', lines: [`${formatTime(decision.decidedAt, termination.timeZone)}, via ${decision.via}`] },
    ...(reason ? [{ label: 'Reason', lines: [reason] }] : []),
    ...(holdUntil ? [{ label: 'Held until', lines: [formatTime(holdUntil, termination.timeZone)] }] : []),
  ];
}

/**
 * One approver's vote with what they vouched for, so that an auditor need not read JSON. What it is for stands in the
 * effect or in the timeline: the number alone would be read wrongly (docs/lastpass-contract.md section b).
 */
function voteFacts(label: string, vote: Vote, timeZone: string): Fact[] {
  const { approver, acknowledgedFolders, reason } = vote;
  const lines = [
    `${approver.displayName} <${approver.email}>, ${approver.role}`,
    `${formatTime(vote.votedAt, timeZone)}, via ${vote.via}, step-up: ${vote.stepUp}`,
    ...(reason ? [`reason: ${reason}`] : []),
    ...(vote.attestsTransfer ? ['vouched that what must be kept of the vault was transferred'] : []),
    ...(acknowledgedFolders.length > 0 ? [`acknowledged folders: ${acknowledgedFolders.join(', ')}`] : []),
    `what was shown: SHA-256 ${vote.shownHash}`,
  ];
  return [{ label, lines }];
}
