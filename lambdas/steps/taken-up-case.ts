import { randomUUID } from 'node:crypto';
import { CaseChangedError } from '../cases/errors.ts';
import type { Decision } from '../domain/decision.ts';
import { effectOf } from '../domain/effect.ts';
import type { EventFault, HrRequest } from '../domain/hr-event.ts';
import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import type { OutcomeKind } from '../domain/outcome.ts';
import { isDisablingBegun } from './disable-account.ts';
import { told } from './own-case.ts';

interface TakenUpBy {
  readonly executionArn: string;
  readonly now: Date;
}

type Refused = { readonly fault: EventFault };

const STEP = 'Open case';

/**
 * What a cancelled termination makes of its case: nothing was done yet, so it just ends; or the account is disabled,
 * so HR's word is the decision to reinstate it; or it is too late, which a person must hear.
 */
export function withdrawn(
  existing: OffboardingCase,
  request: Extract<HrRequest, { kind: 'cancelled' }>,
  by: TakenUpBy,
): CaseIn<'finished' | 'decided'> | Refused {
  const at = by.now.toISOString();
  if (existing.status === 'opened') {
    // Between these two writes nobody can tell what LastPass has done; a moment later the record does.
    if (isDisablingBegun(existing)) throw new CaseChangedError(`${existing.caseId} is just being disabled; try again`);
    return endedBeforeAnything(existing, request, { ...by, at });
  }
  // HR's own word may be carried out anew: reinstating twice is reinstating once.
  if (existing.status === 'committed' && !isWithdrawn(existing))
    return { fault: tooLate('the decided effect is being carried out') };
  if (existing.status === 'finished' && !isStillDisabled(existing)) {
    return { fault: tooLate(`the case has ended as ${existing.outcome.kind}`) };
  }
  const { account, disabledAt } = existing;
  if (!account || !disabledAt) return { fault: tooLate('the case has ended before an account was disabled') };
  const entry = { at, step: STEP, what: 'termination cancelled by HR', facts: { statusThen: existing.status } };
  return {
    ...base(existing, by.executionArn),
    status: 'decided',
    ...{ account, disabledAt },
    approval: ('approval' in existing && existing.approval) || { requestedAt: at, expiresAt: at, approvers: [] },
    decision: byHr(request, at),
    timeline: told(existing, entry),
  };
}

/** Whether HR's cancellation has reached the case already. */
export function isWithdrawn(existing: OffboardingCase): boolean {
  const isEnded = existing.status === 'finished' && existing.outcome.kind === 'withdrawn';
  return isEnded || ('decision' in existing && existing.decision?.via === 'hr');
}

/** A case that ended without harm may be taken up again from the beginning. */
export function reopened(
  existing: OffboardingCase,
  request: Extract<HrRequest, { kind: 'reopened' }>,
  by: TakenUpBy,
): CaseIn<'opened'> | Refused {
  if (existing.status !== 'finished' || !REOPENABLE.has(existing.outcome.kind)) {
    const problem = 'names a case that is still open or has ended for good';
    return { fault: { field: 'detail.data.caseId', problem, remedy: 'look at the case with offboard show' } };
  }
  const facts = { reason: request.reason, endedAs: existing.outcome.kind };
  const { requestedBy } = request;
  return {
    ...base(existing, by.executionArn),
    status: 'opened',
    // Whoever takes a case up again has triggered it, and must not decide it.
    termination: { ...existing.termination, ...(requestedBy && { requestedBy }) },
    timeline: told(existing, { at: by.now.toISOString(), step: STEP, what: 'case reopened', facts }),
  };
}

/** Nothing that these ended with is lost by asking again. */
const REOPENABLE: ReadonlySet<OutcomeKind> = new Set([
  'approval-expired',
  'undone',
  'failed',
  'nobody-found',
  'invited-only',
]);

/** Cases that ended with the account disabled and in place. */
function isStillDisabled({ outcome, decision }: CaseIn<'finished'>): boolean {
  const wasKept = outcome.kind === 'carried-out' && decision?.effect.proof === 'listed and disabled';
  return wasKept || outcome.kind === 'approval-expired' || outcome.kind === 'undone' || outcome.kind === 'failed';
}

function base(existing: OffboardingCase, executionArn: string) {
  const { caseId, version, revision, termination, openedAt } = existing;
  return { caseId, version, revision: revision + 1, termination, openedAt, executionArn };
}

function endedBeforeAnything(
  existing: CaseIn<'opened'>,
  request: Extract<HrRequest, { kind: 'cancelled' }>,
  by: TakenUpBy & { at: string },
): CaseIn<'finished'> {
  const facts = { ...(request.reason && { reason: request.reason }) };
  return {
    ...existing,
    ...base(existing, by.executionArn),
    status: 'finished',
    finishedAt: by.at,
    outcome: {
      kind: 'withdrawn',
      summary: 'HR cancelled the termination before the account was disabled. Nothing was done.',
    },
    toldOutcome: [],
    timeline: told(existing, { at: by.at, step: STEP, what: 'termination cancelled by HR', facts }),
  };
}

function byHr(request: Extract<HrRequest, { kind: 'cancelled' }>, decidedAt: string): Decision {
  // Reinstating means the same under every contract.
  const { label, meaning, isReversible, proof } = effectOf('lastpass', 'reinstate');
  return {
    decisionId: randomUUID(),
    choice: 'reinstate',
    effect: { label, meaning, isReversible, proof },
    contract: 'lastpass',
    approver: { displayName: `HR (${request.source})`, role: 'hr' },
    via: 'hr',
    reason: request.reason ?? 'HR cancelled the termination.',
    decidedAt,
    votes: [],
  };
}

function tooLate(why: string): EventFault {
  return {
    field: 'detail-type',
    problem: `comes too late: ${why}`,
    remedy: 'tell HR and the approvers; look at the account in LastPass',
  };
}
