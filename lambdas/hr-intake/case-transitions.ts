import type { EventFault, HrRequest } from '../domain/hr-events/hr-event.ts';
import { resolveIntentOfAll, type TakenBack } from '../domain/hr-report.ts';
import {
  type CaseIn,
  historiesOf,
  type OffboardingCase,
  operatorsBehind,
  triggeredBy,
} from '../domain/offboarding-case.ts';
import type { Operator } from '../domain/operator.ts';
import type { OutcomeKind } from '../domain/outcome.ts';
import type { Termination } from '../domain/termination.ts';
import { appendTimeline, type NewEntry } from '../domain/timeline.ts';
import { decisionOfHr, SAYING } from './decision-of-hr.ts';

/** The execution that a case goes on with, and when that was settled. */
export interface TakenUpBy {
  readonly executionArn: string;
  readonly now: Date;
}

export const OPEN_CASE = 'Open case';

/** The case as it starts again from the beginning: what was done is proved anew, and a decision is asked for anew. */
export function startedAnew(
  existing: OffboardingCase,
  by: TakenUpBy,
  start: {
    readonly termination: Termination;
    readonly entry: Omit<NewEntry, 'at' | 'step'>;
    readonly revision?: number;
    /** Who asks for it, if that is not HR. */
    readonly requestedBy?: string | undefined;
    readonly operator?: Operator | undefined;
  },
): CaseIn<'opened'> {
  const { caseId, version, openedAt, history, activeAgain, takenBack } = existing;
  const triggers = [...triggeredBy(existing), ...(start.requestedBy ? [start.requestedBy] : [])];
  const operators = [...operatorsBehind(existing), ...(start.operator ? [start.operator.arn] : [])];
  const manager = start.termination.manager ?? existing.termination.manager;
  return {
    status: 'opened',
    ...{ caseId, version, openedAt, ...(history && { history }), ...(activeAgain && { activeAgain }) },
    ...(takenBack && { takenBack }),
    revision: start.revision ?? existing.revision + 1,
    executionArn: by.executionArn,
    termination: { ...start.termination, ...(manager && { manager }) },
    // Whoever had the case opened once must not decide it, also if the next report, or another system, does not name them.
    ...(triggers.length > 0 && { triggeredBy: triggers }),
    ...(operators.length > 0 && { operators }),
    timeline: appendTimeline(existing, { at: by.now.toISOString(), step: OPEN_CASE, ...start.entry }),
  };
}

/** Nothing was done yet, so the case just ends. */
export function endedBeforeAnything(opened: CaseIn<'opened'>, back: TakenBack, by: TakenUpBy): CaseIn<'finished'> {
  const at = by.now.toISOString();
  const { disablingBegunAt: _neverBegun, ...kept } = opened;
  return {
    ...kept,
    revision: opened.revision + 1,
    executionArn: by.executionArn,
    status: 'finished',
    finishedAt: at,
    outcome: {
      kind: 'withdrawn',
      summary: `${SAYING[back.kind].sentence} before the account was disabled. Nothing was done.`,
    },
    toldOutcome: [],
    timeline: appendTimeline(opened, takenBackEntry(opened, back, at)),
  };
}

/** The account is disabled, so HR's report is the decision to reinstate it. */
export function reinstatedByHr(
  existing: OffboardingCase,
  back: TakenBack,
  by: TakenUpBy,
): CaseIn<'decided'> | undefined {
  if (existing.status === 'opened') return undefined;
  const { account, disabledAt } = existing;
  if (!account || !disabledAt) return undefined;
  const at = by.now.toISOString();
  const { caseId, version, termination, history, openedAt, activeAgain } = existing;
  return {
    status: 'decided',
    ...{ caseId, version, termination, openedAt, ...(history && { history }), ...(activeAgain && { activeAgain }) },
    revision: existing.revision + 1,
    executionArn: by.executionArn,
    ...{ account, disabledAt },
    approval: ('approval' in existing && existing.approval) || { requestedAt: at, expiresAt: at, approvers: [] },
    decision: decisionOfHr(back, at),
    timeline: appendTimeline(existing, takenBackEntry(existing, back, at)),
  };
}

type Reopening =
  | { readonly kind: 'reopened'; readonly next: CaseIn<'opened'> }
  | { readonly kind: 'fault'; readonly fault: EventFault };

/** A case that ended without harm may be taken up again from the beginning, while HR still wants the termination. */
export function reopened(
  existing: OffboardingCase,
  request: Extract<HrRequest, { kind: 'reopened' }>,
  by: TakenUpBy,
): Reopening {
  const field = 'detail.data.caseId';
  if (existing.status !== 'finished' || !REOPENABLE.has(existing.outcome.kind)) {
    const problem = 'names a case that is still open or has ended for good';
    return { kind: 'fault', fault: { field, problem, remedy: 'look at the case with offboard show' } };
  }
  if (resolveIntentOfAll(Object.values(historiesOf(existing)))?.kind === 'taken back') {
    const problem = 'names a case whose termination HR has taken back';
    return { kind: 'fault', fault: { field, problem, remedy: 'have HR report the termination again' } };
  }
  const { reason, requestedBy, operator, eventId } = request;
  const facts = { reason, operator: operator.arn, endedAs: existing.outcome.kind, eventId };
  const { termination } = existing;
  const start = { termination, entry: { code: 'case-reopened', facts }, requestedBy, operator } as const;
  return { kind: 'reopened', next: startedAnew(existing, by, start) };
}

/** Whether this very request had the case taken up before: the bus may deliver it twice. */
export function isReopenedBy(existing: OffboardingCase, eventId: string): boolean {
  return existing.timeline.some(({ code, facts }) => code === 'case-reopened' && facts?.eventId === eventId);
}

/** Nothing that these ended with is lost by asking again. */
const REOPENABLE: ReadonlySet<OutcomeKind> = new Set([
  'approval-expired',
  'undone',
  'failed',
  'nobody-found',
  'ambiguous',
  'held-back',
  'invited-only',
]);

function takenBackEntry(existing: OffboardingCase, back: TakenBack, at: string): NewEntry {
  const { kind, source, operator, reason } = back;
  const by = { source, ...(operator && { operator: operator.arn }) };
  const facts = { statusThen: existing.status, ...by, ...(reason && { reason }) };
  return { at, step: OPEN_CASE, code: SAYING[kind].code, facts };
}
