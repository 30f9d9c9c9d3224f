import { randomUUID } from 'node:crypto';
import type { CaseStore } from '../cases/case-store.ts';
import { type Departures, departureOf } from '../cases/departures.ts';
import { CaseChangedError } from '../cases/errors.ts';
import type { ReadBrake } from '../cases/pause-store.ts';
import { standingActiveAgain } from '../domain/active-again.ts';
import type { Decision } from '../domain/decision.ts';
import { type DecisionNews, newsOfDecision } from '../domain/decision-news.ts';
import { type ContractName, effectOf } from '../domain/effect.ts';
import { type CaseIn, isPartyTo, type OffboardingCase } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import { standingProposal } from '../domain/standing-proposal.ts';
import { appendTimeline } from '../domain/timeline.ts';
import { isConfirmedUnder, shortfallOf, tally, type Vote, type VoteRefusal } from '../domain/vote.ts';
import type { VotingRules } from '../domain/voting-rules.ts';
import { withoutLeaversApproval } from './first-approval.ts';

export interface RecordVoteDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly contract: ContractName;
  readonly rules: VotingRules;
  readonly holdSeconds: number;
  /** Whether two addresses are one person's. */
  readonly people: People;
  readonly departures: Departures;
  readonly readBrake: ReadBrake;
  /** Keeps what is to be told of a decision, before it is recorded: so no crash loses it. */
  readonly planNews: (news: DecisionNews) => Promise<void>;
  readonly now: () => Date;
}

export type RecordedVote =
  | { readonly kind: 'decided'; readonly decided: CaseIn<'decided'> }
  /** Counted as the first of two. */
  | { readonly kind: 'proposed'; readonly asked: CaseIn<'asked'> }
  /** The two did not agree: everybody chooses again. */
  | { readonly kind: 'disagreed'; readonly asked: CaseIn<'asked'>; readonly proposal: Vote }
  | { readonly kind: 'refused'; readonly why: VoteObjection }
  /** Something else happened to the case first. */
  | { readonly kind: 'lost'; readonly now: OffboardingCase | undefined };

/** Why a vote does not count. */
export type VoteObjection = VoteRefusal | 'active again' | 'paused' | 'not confirmed';

const STEP = 'Request approval';

/**
 * Records one approver's vote: one conditional write, so that of any number of simultaneous votes one wins and the
 * others see what it made of the case.
 */
export async function recordVote(deps: RecordVoteDeps, shown: CaseIn<'asked'>, vote: Vote): Promise<RecordedVote> {
  if (await departureOf(deps.departures, vote.approver)) return { kind: 'refused', why: 'link closed' };
  const asked = await withoutLeaversApproval(deps, shown);
  if (isPartyTo(asked, vote.approver, deps.people)) return { kind: 'refused', why: 'conflict of interest' };
  const effect = effectOf(deps.contract, vote.choice, deps.rules);
  if (!effect.isReversible && standingActiveAgain(asked).length > 0) return { kind: 'refused', why: 'active again' };
  if (!effect.isReversible && (await deps.readBrake()).kind !== 'off') return { kind: 'refused', why: 'paused' };
  if (!isConfirmedUnder(deps.rules, effect, vote)) return { kind: 'refused', why: 'not confirmed' };
  const counted = tally(standingProposal(asked, deps.contract), vote, { effect, people: deps.people });
  switch (counted.kind) {
    case 'refused':
      return counted;
    case 'decided':
      return recordDecision(deps, asked, counted.by);
    case 'proposed':
      return recordProposal(deps, asked, vote);
    case 'disagreed':
      return recordDisagreement(deps, asked, vote);
  }
}

async function recordDecision(
  deps: RecordVoteDeps,
  asked: CaseIn<'asked'>,
  votes: readonly Vote[],
): Promise<RecordedVote> {
  const decided = decidedBy(deps, asked, votes);
  const news = newsOfDecision(decided);
  if (news) await deps.planNews(news);
  const written = await write(deps, asked, decided);
  if (written) return { kind: 'decided', decided: written };
  // Our own write may have succeeded with its answer lost: the SDK's second try then fails the condition.
  const now = await deps.cases.find(asked.caseId);
  const isOurs = now?.status === 'decided' && now.decision.decisionId === decided.decision.decisionId;
  return isOurs ? { kind: 'decided', decided: now } : { kind: 'lost', now };
}

async function recordProposal(deps: RecordVoteDeps, asked: CaseIn<'asked'>, vote: Vote): Promise<RecordedVote> {
  const facts = {
    effect: effectOf(deps.contract, vote.choice).label,
    approver: vote.approver.email,
    shownHash: vote.shownHash,
  };
  const timeline = appendTimeline(asked, { at: vote.votedAt, step: STEP, code: 'first-approval-recorded', facts });
  const proposed = { ...asked, proposal: { ...vote, contract: deps.contract }, timeline };
  const written = await write(deps, asked, proposed);
  return written ? { kind: 'proposed', asked: written } : { kind: 'lost', now: await deps.cases.find(asked.caseId) };
}

async function recordDisagreement(deps: RecordVoteDeps, asked: CaseIn<'asked'>, vote: Vote): Promise<RecordedVote> {
  const { proposal, ...open } = asked;
  if (!proposal) throw new TypeError('a disagreement needs a proposal to disagree with');
  const facts = {
    proposed: effectOf(deps.contract, proposal.choice).label,
    chosen: effectOf(deps.contract, vote.choice).label,
    approver: vote.approver.email,
  };
  const timeline = appendTimeline(asked, { at: vote.votedAt, step: STEP, code: 'approvers-disagreed', facts });
  const written = await write(deps, asked, { ...open, timeline });
  return written
    ? { kind: 'disagreed', asked: written, proposal }
    : { kind: 'lost', now: await deps.cases.find(asked.caseId) };
}

async function write<Next extends OffboardingCase>(
  deps: RecordVoteDeps,
  from: CaseIn<'asked'>,
  to: Next,
): Promise<Next | undefined> {
  try {
    return await deps.cases.replace(from, to);
  } catch (error) {
    if (error instanceof CaseChangedError) return undefined;
    throw error;
  }
}

function decidedBy(deps: RecordVoteDeps, asked: CaseIn<'asked'>, votes: readonly Vote[]): CaseIn<'decided'> {
  const last = votes.at(-1);
  if (!last) throw new TypeError('a decision needs a vote');
  const effect = effectOf(deps.contract, last.choice, deps.rules);
  const shortfall = shortfallOf(votes, { effect, people: deps.people });
  if (shortfall) throw new TypeError(`votes were counted as a decision, but: ${shortfall}`);
  const { label, meaning, isReversible, proof } = effect;
  const now = deps.now();
  const decision: Decision = {
    decisionId: randomUUID(),
    choice: last.choice,
    effect: { label, meaning, isReversible, proof },
    contract: deps.contract,
    approver: last.approver,
    via: last.via,
    ...(last.reason && { reason: last.reason }),
    decidedAt: now.toISOString(),
    votes: [...votes],
  };
  const facts = { effect: label, approver: last.approver.email, shownHash: last.shownHash, stepUp: last.stepUp };
  return {
    ...asked,
    status: 'decided',
    decision,
    ...(!isReversible && { holdUntil: endOfHold(now, deps.holdSeconds) }),
    timeline: appendTimeline(asked, { at: decision.decidedAt, step: STEP, code: 'decision-recorded', facts }),
  };
}

/** On a whole second, rounded up: Step Functions cuts fractions from a Wait's moment and would come before the end. */
function endOfHold(decidedAt: Date, holdSeconds: number): string {
  return new Date((Math.ceil(decidedAt.getTime() / 1000) + holdSeconds) * 1000).toISOString();
}
