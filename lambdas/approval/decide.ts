import { randomUUID } from 'node:crypto';
import type { CaseStore } from '../cases/case-store.ts';
import { CaseChangedError } from '../cases/errors.ts';
import type { Approver } from '../domain/approver.ts';
import type { Decision } from '../domain/decision.ts';
import { type Choice, type ContractName, effectOf } from '../domain/effect.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';

export interface DecideDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly contract: ContractName;
  readonly holdSeconds: number;
  readonly now: () => Date;
}

/** What an approver submitted, already validated against the page they were shown. */
export interface Submission {
  readonly choice: Choice;
  readonly reason?: string | undefined;
  readonly shownHash: string;
  readonly approver: Approver;
}

/**
 * Records a decision: one conditional write, so that of any number of simultaneous submissions one wins.
 * @returns the decided case when this submission won; `undefined` when something else happened to the case first
 */
export async function decide(
  deps: DecideDeps,
  asked: CaseIn<'asked'>,
  submission: Submission,
): Promise<CaseIn<'decided'> | undefined> {
  const decided = decidedBy(deps, asked, submission);
  try {
    return await deps.cases.replace(asked, decided);
  } catch (error) {
    if (!(error instanceof CaseChangedError)) throw error;
  }
  // Our own write may have succeeded with its answer lost: the SDK's second try then fails the condition.
  const now = await deps.cases.find(asked.caseId);
  return now?.status === 'decided' && now.decision.decisionId === decided.decision.decisionId ? now : undefined;
}

function decidedBy(deps: DecideDeps, asked: CaseIn<'asked'>, submission: Submission): CaseIn<'decided'> {
  const { choice, reason, shownHash, approver } = submission;
  const { label, meaning, isReversible, proof } = effectOf(deps.contract, choice);
  const now = deps.now();
  const decidedAt = now.toISOString();
  const decision: Decision = {
    decisionId: randomUUID(),
    choice,
    effect: { label, meaning, isReversible, proof },
    contract: deps.contract,
    approver: { email: approver.email, displayName: approver.displayName, role: approver.role },
    via: 'page',
    ...(reason && { reason }),
    decidedAt,
    shownHash,
  };
  const facts = { effect: label, approver: approver.email, shownHash };
  const entry = { at: decidedAt, step: 'Request approval', what: 'decision recorded', facts };
  return {
    ...asked,
    status: 'decided',
    decision,
    ...(!isReversible && { holdUntil: endOfHold(now, deps.holdSeconds) }),
    timeline: [...asked.timeline, entry],
  };
}

/** On a whole second, rounded up: Step Functions cuts fractions from a Wait's moment and would come before the end. */
function endOfHold(decidedAt: Date, holdSeconds: number): string {
  return new Date((Math.ceil(decidedAt.getTime() / 1000) + holdSeconds) * 1000).toISOString();
}
