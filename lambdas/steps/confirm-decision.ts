import type { CaseStore } from '../cases/case-store.ts';
import { CaseOutOfOrderError } from '../cases/errors.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { appendTimeline } from '../domain/timeline.ts';
import { assertNotActiveAgain } from '../gate/assert-not-active-again.ts';
import { assertQuorum, type RulesInForce } from '../gate/assert-quorum.ts';
import { DecisionMissingError } from '../gate/errors.ts';
import { assertVotesStand, type StandingVotesDeps } from '../gate/standing-votes.ts';
import { type CaseInput, type CaseResult, readOwnCase } from './own-case.ts';

interface ConfirmDecisionDeps extends RulesInForce, StandingVotesDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly now: () => Date;
}

interface ConfirmDecisionResult extends CaseResult<'Confirm decision'> {
  readonly decisionId?: string;
  /** ISO 8601; only with `hold`. */
  readonly holdUntil?: string;
}

/**
 * Reads the decision from the record: what the workflow was told is a signal, never the decision itself. An approval
 * that expired is closed here, by a write that a decision made in the same moment would make fail, and the other way round.
 * Second run: the same answer, since a recorded decision and an expiry are both final.
 */
export function confirmDecision(deps: ConfirmDecisionDeps) {
  return async (input: CaseInput & { isTimedOut: boolean }): Promise<ConfirmDecisionResult> => {
    const current = await readOwnCase(deps.cases, input);
    const { caseId } = current;
    if (current.status === 'finished') return { caseId, route: 'finished' };
    if (current.status === 'committed') return routeOf(current);
    if (current.status === 'decided') {
      assertNotActiveAgain(current);
      assertQuorum(current, deps);
      await assertVotesStand(deps, current);
      return routeOf(current);
    }
    if (current.status !== 'asked') {
      throw new CaseOutOfOrderError(`${caseId} is ${current.status}; no approval has been requested`);
    }
    if (!input.isTimedOut && deps.now().toISOString() < current.approval.expiresAt) {
      throw new DecisionMissingError(`${caseId} was signalled as decided, but no decision is on record`);
    }
    await deps.cases.replace(current, expired(current, deps.now().toISOString()));
    return { caseId, route: 'finished' };
  };
}

function routeOf(decided: CaseIn<'decided' | 'committed'>): ConfirmDecisionResult {
  const { caseId, decision, holdUntil } = decided;
  const { decisionId } = decision;
  if (decision.choice === 'reinstate') return { caseId, route: 'reinstate', decisionId };
  if (decision.effect.isReversible) return { caseId, route: 'carry out', decisionId };
  if (holdUntil === undefined) throw new DecisionMissingError(`${caseId} has an irreversible decision without a hold`);
  return { caseId, route: 'hold', decisionId, holdUntil };
}

function expired(asked: CaseIn<'asked'>, at: string): CaseIn<'finished'> {
  return {
    ...asked,
    status: 'finished',
    finishedAt: at,
    outcome: {
      kind: 'approval-expired',
      summary: 'Nobody decided in time. The account stays disabled; nothing was deleted.',
      proof: { shown: 'getuserdata listed the account as disabled', at: asked.disabledAt },
    },
    toldOutcome: [],
    timeline: appendTimeline(asked, { at, step: 'Confirm decision', code: 'approval-expired' }),
  };
}
