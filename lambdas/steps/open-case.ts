import type { CaseStore, ParkedEventStore } from '../cases/case-store.ts';
import { CaseNotFoundError } from '../cases/errors.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { canonicalJson, sha256 } from '../domain/evidence.ts';
import { type EventFault, type HrRequest, readHrEvent } from '../domain/hr-event.ts';
import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import { needsPerson } from '../domain/outcome.ts';
import type { Termination } from '../domain/termination.ts';
import { told } from './own-case.ts';
import { isWithdrawn, reopened, withdrawn } from './taken-up-case.ts';

export interface OpenCaseDeps {
  readonly cases: Pick<CaseStore, 'claim' | 'find' | 'replace'>;
  readonly parkedEvents: ParkedEventStore;
  /** Whether an execution is still going: one that ended without sealing has left its case to be taken over. */
  readonly isRunning: (executionArn: string) => Promise<boolean>;
  readonly now: () => Date;
}

export type OpenCaseResult =
  | { readonly route: 'opened'; readonly caseId: string; readonly waitUntil: string }
  /** HR took the termination back and the account is disabled already. */
  | { readonly route: 'reinstate'; readonly caseId: string; readonly decisionId: string }
  /** HR took the termination back before anything was done. */
  | { readonly route: 'finished'; readonly caseId: string }
  | { readonly route: 'duplicate'; readonly caseId: string; readonly runBy: string }
  | { readonly route: 'parked'; readonly parkedId: string };

interface Delivery {
  readonly executionArn: string;
  readonly event: unknown;
}

/**
 * Claims the case for this execution, or says why there is nothing to run.
 * Second run: the claim is found to be its own, and the answer is the same. Parking again changes nothing.
 */
export function openCase(deps: OpenCaseDeps) {
  return async (delivery: Delivery): Promise<OpenCaseResult> => {
    const reading = readHrEvent(delivery.event, deps.now());
    if (!reading.ok) return park(deps, delivery, reading.faults);
    if (reading.kind === 'terminated') return claim(deps, delivery, reading.termination);
    return takeUp(deps, delivery, reading);
  };
}

async function claim(deps: OpenCaseDeps, delivery: Delivery, termination: Termination): Promise<OpenCaseResult> {
  const newCase = caseFor(termination, delivery.executionArn, deps.now());
  if (await deps.cases.claim(newCase)) return resultOf(newCase);
  const existing = await deps.cases.find(newCase.caseId);
  if (!existing)
    throw new CaseNotFoundError(`${newCase.caseId} was claimed and is gone; it must not be deleted by hand`);
  if (existing.executionArn === delivery.executionArn) return resultOf(existing);
  if (isClosed(existing) || (await deps.isRunning(existing.executionArn))) return duplicateOf(existing);
  return resultOf(await deps.cases.replace(existing, takenOver(existing, newCase, deps.now())));
}

/** A cancelled or reopened termination takes its case up at whatever stage it is. */
async function takeUp(
  deps: OpenCaseDeps,
  delivery: Delivery,
  request: Exclude<HrRequest, { kind: 'terminated' }>,
): Promise<OpenCaseResult> {
  const existing = await deps.cases.find(request.caseId);
  if (!existing) return park(deps, delivery, [unknownCase(request.kind)]);
  if (existing.executionArn === delivery.executionArn) return resultOf(existing);
  // EventBridge may deliver HR's news twice: the second time it must neither start anew nor come "too late".
  const isHeard = request.kind === 'cancelled' && isWithdrawn(existing);
  if (isHeard && (isClosed(existing) || (await deps.isRunning(existing.executionArn)))) return duplicateOf(existing);
  const by = { executionArn: delivery.executionArn, now: deps.now() };
  const next = request.kind === 'cancelled' ? withdrawn(existing, request, by) : reopened(existing, request, by);
  if ('fault' in next) return park(deps, delivery, [next.fault]);
  return resultOf(await deps.cases.replace(existing, next));
}

async function park(
  deps: OpenCaseDeps,
  { executionArn, event }: Delivery,
  faults: readonly EventFault[],
): Promise<OpenCaseResult> {
  const parkedId = sha256(canonicalJson(event));
  const parkedAt = deps.now().toISOString();
  await deps.parkedEvents.park({ parkedId, parkedAt, executionArn, faults: [...faults], event });
  return { route: 'parked', parkedId };
}

function caseFor(termination: Termination, executionArn: string, now: Date): CaseIn<'opened'> {
  const at = now.toISOString();
  const facts = { source: termination.source, lastWorkingMoment: termination.lastWorkingMoment };
  return {
    status: 'opened',
    caseId: caseIdOf(termination),
    version: 1,
    revision: 1,
    executionArn,
    termination,
    openedAt: at,
    timeline: [{ at, step: 'Open case', what: 'case opened', facts }],
  };
}

/** A case that ended well stays ended: a late duplicate must not open it again. */
function isClosed(existing: OffboardingCase): boolean {
  return existing.status === 'finished' && !needsPerson(existing.outcome.kind);
}

/** The case starts again from the beginning: what the lost execution did is proved anew, and a decision is asked for anew. */
function takenOver(existing: OffboardingCase, newCase: CaseIn<'opened'>, now: Date): CaseIn<'opened'> {
  const what = 'case taken over from an execution that ended without finishing it';
  const facts = { previousExecution: existing.executionArn, statusThen: existing.status };
  return {
    ...newCase,
    revision: existing.revision,
    openedAt: existing.openedAt,
    timeline: told(existing, { at: now.toISOString(), step: 'Open case', what, facts }),
  };
}

function duplicateOf(existing: OffboardingCase): OpenCaseResult {
  return { route: 'duplicate', caseId: existing.caseId, runBy: existing.executionArn };
}

/** Where a case of this execution goes from here. */
function resultOf(own: OffboardingCase): OpenCaseResult {
  const { caseId } = own;
  if (own.status === 'finished') return { route: 'finished', caseId };
  if ((own.status === 'decided' || own.status === 'committed') && own.decision.via === 'hr') {
    return { route: 'reinstate', caseId, decisionId: own.decision.decisionId };
  }
  return { route: 'opened', caseId, waitUntil: own.termination.lastWorkingMoment };
}

function unknownCase(kind: 'cancelled' | 'reopened'): EventFault {
  return {
    field: kind === 'cancelled' ? 'detail.data.terminationId' : 'detail.data.caseId',
    problem: 'names no case that is known here',
    remedy: 'check the ids; if the termination itself arrives later, withdraw its case then',
  };
}
