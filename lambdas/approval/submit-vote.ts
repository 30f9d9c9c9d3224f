import { standingActiveAgain } from '../domain/active-again.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import { type DecisionNews, newsOfDecision } from '../domain/decision-news.ts';
import { type CaseIn, isPartyTo } from '../domain/offboarding-case.ts';
import { standingProposal } from '../domain/standing-proposal.ts';
import { signatureOf, tally, type Vote } from '../domain/vote.ts';
import type { ConfirmedBy } from '../domain/voting-rules.ts';
import { composeDisagreementMail } from '../presentation/mails/disagreement-mail.ts';
import { composeProposalMail } from '../presentation/mails/proposal-mail.ts';
import { NOT_THEIRS } from '../presentation/text/format-approvals.ts';
import { type RecordedVote, type RecordVoteDeps, recordVote, type VoteObjection } from './record-vote.ts';
import { type ComposeWithLink, type SendLinkDeps, sendLink } from './send-link.ts';
import type { ValidSubmission } from './submitted-form.ts';

export interface SubmitVoteDeps extends RecordVoteDeps, SendLinkDeps {
  /** Tells the workflow that a decision is on record. */
  readonly signal: (decided: CaseIn<'decided'>) => Promise<void>;
  /** Shows the decision in Slack, where configured. Never throws. */
  readonly tellInSlack: (decided: CaseIn<'decided'>) => Promise<void>;
  /** Tells everybody concerned what was planned to be told; who is not reached, the chase tries again. */
  readonly tellNews: (news: DecisionNews) => Promise<void>;
  /** Something after the record failed: telling the workflow, which the chase repeats, or telling the others. */
  readonly onFault: (what: 'signal' | 'tell others', error: unknown) => void;
}

interface PageVote {
  readonly approver: DecidingApprover;
  readonly valid: ValidSubmission;
  readonly stepUp: 'none' | ConfirmedBy;
}

/** Why this approver's vote would not count; asked before a code is sent for nothing. */
export function objectionTo(
  deps: Pick<SubmitVoteDeps, 'contract' | 'people' | 'now'>,
  asked: CaseIn<'asked'>,
  { approver, valid }: Omit<PageVote, 'stepUp'>,
): string | undefined {
  if (!valid.effect.isReversible && standingActiveAgain(asked).length > 0) return OBJECTIONS['active again'];
  const vote = voteOf({ approver, valid, stepUp: 'none' }, deps.now());
  if (isPartyTo(asked, approver, deps.people)) return OBJECTIONS['conflict of interest'];
  const counted = tally(standingProposal(asked, deps.contract), vote, {
    effect: valid.effect,
    people: deps.people,
  });
  return counted.kind === 'refused' ? OBJECTIONS[counted.why] : undefined;
}

export const OBJECTIONS: Record<VoteObjection, string> = {
  paused:
    'Removing and deleting accounts is paused for everybody. Choose what can be undone, or come back once it resumes.',
  'active again':
    'The leaver was just reported as active again. What cannot be undone is closed until the operators of the offboarding have looked.',
  'named by HR': NOT_THEIRS,
  'conflict of interest': 'This case is about you, or you had it opened: other people decide it.',
  'link closed': 'This link decides nothing any more.',
  'same person': 'You have approved this already. A second approver in another role must choose the same.',
  'same role': 'The first approval came from your own role. The second one must come from another role.',
  'not confirmed': 'This choice needs a proof that it is you, which did not come with it. Send the form again.',
};

/** Records a vote from the page, then tells the workflow or the other approvers what came of it. */
export function submitPageVote(deps: SubmitVoteDeps, asked: CaseIn<'asked'>, cast: PageVote): Promise<RecordedVote> {
  return recordAndNotify(deps, asked, voteOf(cast, deps.now()));
}

/** Records a vote, however it was cast, then tells the workflow or the other approvers what came of it. */
export async function recordAndNotify(deps: SubmitVoteDeps, asked: CaseIn<'asked'>, vote: Vote): Promise<RecordedVote> {
  const recorded = await recordVote(deps, asked, vote);
  if (recorded.kind === 'decided') {
    await signalQuietly(deps, recorded.decided);
    await deps.tellInSlack(recorded.decided);
    await tellNewsQuietly(deps, newsOfDecision(recorded.decided));
  }
  if (recorded.kind === 'proposed') {
    await tellOthers(deps, recorded.asked, { by: vote.approver.email, compose: composeProposalMail });
  }
  if (recorded.kind === 'disagreed') {
    const votes = { proposed: recorded.proposal, chosen: vote };
    const compose: ComposeWithLink = (view) => composeDisagreementMail({ ...view, ...votes });
    await tellOthers(deps, recorded.asked, { by: undefined, compose });
  }
  return recorded;
}

/** The decision stands whether or not the workflow could be told; a fault here must not look like a lost decision. */
export async function signalQuietly(
  deps: Pick<SubmitVoteDeps, 'signal' | 'onFault'>,
  decided: CaseIn<'decided'>,
): Promise<void> {
  try {
    await deps.signal(decided);
  } catch (error) {
    deps.onFault('signal', error);
  }
}

/** Whatever became of a case stands, whether or not everybody could be told. */
export async function tellNewsQuietly(
  deps: Pick<SubmitVoteDeps, 'tellNews' | 'onFault'>,
  news: DecisionNews | undefined,
): Promise<void> {
  try {
    if (news) await deps.tellNews(news);
  } catch (error) {
    deps.onFault('tell others', error);
  }
}

async function tellOthers(
  deps: SubmitVoteDeps,
  asked: CaseIn<'asked'>,
  news: { by: string | undefined; compose: ComposeWithLink },
): Promise<void> {
  for (const approver of asked.approval.approvers) {
    if (approver.email === news.by) continue;
    try {
      await sendLink(deps, asked, { approver, compose: news.compose });
    } catch (error) {
      // The vote is on record, and reminders follow; one bad mailbox must not keep the others from hearing of it.
      deps.onFault('tell others', error);
    }
  }
}

function voteOf({ approver, valid, stepUp }: PageVote, now: Date): Vote {
  const { choice, reason, shownHash, acknowledgedFolders, attestsTransfer } = valid.submission;
  return {
    choice,
    approver: signatureOf(approver),
    via: 'page',
    ...(reason && { reason }),
    votedAt: now.toISOString(),
    shownHash,
    acknowledgedFolders: [...acknowledgedFolders],
    attestsTransfer,
    stepUp,
  };
}
