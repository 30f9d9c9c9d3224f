import { isNamedByHr } from '../../domain/approver.ts';
import type { Effect } from '../../domain/effect.ts';
import { isSameAddress } from '../../domain/lastpass-account.ts';
import type { ApprovalView, AskedApprover, ProposedDecision } from './approval-view.ts';
import type { Fact } from './case-facts.ts';
import { formatReversibility } from './cautions.ts';
import { formatDuration, momentLines, zoneShownTo } from './format-time.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** A view of a question to which one of two approvals is on record. */
export type ProposedView = ApprovalView & { readonly proposal: ProposedDecision };

export function hasProposal(view: ApprovalView): view is ProposedView {
  return view.proposal !== undefined;
}

/** The same view, for what makes no sense without a first approval. */
export function requireProposal(view: ApprovalView): ProposedView {
  if (!hasProposal(view)) throw new TypeError('no first approval is on record; ask for the view of a case with one');
  return view;
}

/** What the reader is to the first approval: only somebody configured, in another role, can give the second. */
export type CurrentIntent = 'proposer' | 'named by HR' | 'same role' | 'other role';

export function resolveIntent({ approver, proposal }: ProposedView): CurrentIntent {
  if (isSameAddress(approver.email, proposal.approver.email)) return 'proposer';
  if (isNamedByHr(approver) && !proposal.effect.isReversible) return 'named by HR';
  return isSameRole(approver, proposal.approver) ? 'same role' : 'other role';
}

/** Whoever else was asked, has another role than the reader and is configured: only they can complete the reader's choice. */
export function possibleSeconds({ approver, others }: ApprovalView): readonly string[] {
  return others.filter((other) => !isSameRole(approver, other) && !isNamedByHr(other)).map(formatPerson);
}

export function formatPerson({ displayName, role }: AskedApprover): string {
  return plainLine(`${displayName}, ${role}`);
}

function isSameRole(one: Pick<AskedApprover, 'role'>, other: Pick<AskedApprover, 'role'>): boolean {
  return one.role.trim().toLowerCase() === other.role.trim().toLowerCase();
}

/** Whether an effect is not the reader's to choose. */
export function isBeyond(approver: AskedApprover, effect: Pick<Effect, 'isReversible'>): boolean {
  return !effect.isReversible && isNamedByHr(approver);
}

export const NOT_THEIRS =
  'Not yours to choose: only HR’s report names you, and what cannot be undone is for the approvers whom the company has configured.';

/**
 * What an effect asks for besides the reader's own approval, or what has become of it since somebody gave the first of
 * two; `undefined` where one approval is enough and none is on record.
 */
export function formatApprovals(effect: Effect, view: ApprovalView): string | undefined {
  if (isBeyond(view.approver, effect)) return NOT_THEIRS;
  if (hasProposal(view) && resolveIntent(view) !== 'proposer') return besideProposal(effect, view);
  if (effect.approvalsNeeded === 1 && hasProposal(view)) return 'Replaces your first approval, and decides.';
  if (effect.approvalsNeeded === 1) return formatAlone(effect);
  const rule = 'A second approver in another role must choose the same.';
  const seconds = possibleSeconds(view);
  if (seconds.length > 0) return `${rule} Who can: ${seconds.join('; ')}.`;
  return `${rule} Nobody else who was asked has another role than yours.`;
}

/** What a single approver's choice comes to, where that needs saying. */
function formatAlone({ stepUp, isReversible, choice }: Effect): string | undefined {
  if (!isReversible) return 'Your approval alone decides this, once you have signed in with your company account.';
  if (choice !== 'reinstate') return undefined;
  const proof = stepUp === 'none' ? '' : ' and a proof that it is you';
  return `Takes the address typed${proof}. Everybody else who was asked hears of it at once.`;
}

function besideProposal(effect: Effect, view: ProposedView): string {
  const { proposal } = view;
  if (effect.choice !== proposal.effect.choice) {
    return 'Decides nothing: the first approver chose otherwise, so the question would return to everybody.';
  }
  const first = `${formatPerson(proposal.approver)}, chose this.`;
  if (resolveIntent(view) === 'same role') return `${first} The second approval must come from another role.`;
  return `${first} Yours would be the second approval and make it the decision.`;
}

/** What one of two approvers chose, why and when. */
export function choiceFacts(choice: ProposedDecision, timeZone: string): readonly Fact[] {
  return [
    { label: 'Approver', lines: [formatPerson(choice.approver)] },
    { label: 'Choice', lines: [choice.effect.label, formatReversibility(choice.effect)] },
    { label: 'What that does', lines: [choice.effect.meaning] },
    ...(choice.reason ? [{ label: 'Reason', lines: plainLines(choice.reason) }] : []),
    { label: 'Chosen at', lines: momentLines(choice.votedAt, timeZone) },
  ];
}

/** The first approval as facts, in the zone of whoever reads of it. */
export function proposalFacts(view: ProposedView): readonly Fact[] {
  return choiceFacts(view.proposal, zoneShownTo(view));
}

/** What the reader's own choice would now do: agree, disagree, or change one's mind. */
export function formatConsequences(view: ProposedView): readonly string[] {
  const { effect, approver } = view.proposal;
  const otherwise = 'Choosing anything else decides nothing: it returns the question to everybody who was asked.';
  switch (resolveIntent(view)) {
    case 'proposer':
      return [
        'A second approver in another role must choose the same; until then nothing is decided.',
        'As long as nobody has, you may choose otherwise: that replaces your choice.',
      ];
    case 'named by HR':
      return [
        `“${effect.label}” cannot be undone. Only HR’s report names you, so the second approval must come from somebody whom the company has configured.`,
        otherwise,
      ];
    case 'same role':
      return [
        `Choosing “${effect.label}” too does not count: the second approver must have another role than ${formatPerson(approver)}.`,
        otherwise,
      ];
    case 'other role':
      return [`Choosing “${effect.label}” too makes it the decision.${formatHold(view)}`, otherwise];
  }
}

function formatHold({ holdSeconds }: ApprovalView): string {
  if (holdSeconds <= 0) return '';
  return ` It then waits ${formatDuration(holdSeconds)}, and can be taken back for as long.`;
}
