import { effectOf } from '../../domain/effect.ts';
import type { Vote } from '../../domain/vote.ts';
import type { ApprovalView, ProposedDecision } from '../text/approval-view.ts';
import { choiceFacts } from '../text/format-approvals.ts';
import { zoneShownTo } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail } from './mail-blocks.ts';
import { type LinkedView, questionBlocks } from './question-blocks.ts';

/** One of the two choices that differ. */
type DifferingVote = Pick<Vote, 'choice' | 'approver' | 'reason' | 'votedAt'>;

type DisagreementMailView = LinkedView & {
  /** What the first approver chose. */
  readonly proposed: DifferingVote;
  /** What the second one chose instead. */
  readonly chosen: DifferingVote;
};

/** Tells everybody that two approvers chose differently, what each of them chose and why, and asks again. */
export function composeDisagreementMail(view: DisagreementMailView): ComposedMail {
  const timeZone = zoneShownTo(view);
  return composeMail(`Not decided, choose again: LastPass account of ${nameInSubject(view.leaver)}`, [
    {
      kind: 'note',
      tone: 'warn',
      lead: 'Two approvers chose differently, so nothing is decided.',
      text: `The question about the LastPass account of ${plainLine(view.leaver.displayName)} returns to everybody who was asked. Speak to each other first: both choices are below.`,
    },
    { kind: 'heading', text: 'The first choice' },
    { kind: 'facts', facts: choiceFacts(inWords(view, view.proposed), timeZone) },
    { kind: 'heading', text: 'The second choice' },
    { kind: 'facts', facts: choiceFacts(inWords(view, view.chosen), timeZone) },
    ...questionBlocks(view),
  ]);
}

function inWords({ contract }: ApprovalView, vote: DifferingVote): ProposedDecision {
  return { ...vote, effect: effectOf(contract, vote.choice) };
}
