import type { CaseStore, ParkedEventStore } from '../cases/case-store.ts';
import { CaseNotFoundError } from '../cases/errors.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { canonicalJson, sha256 } from '../domain/evidence.ts';
import { readHrEvent, type Termination } from '../domain/hr-event.ts';
import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import { needsPerson } from '../domain/outcome.ts';
import { told } from './own-case.ts';

export interface OpenCaseDeps {
  readonly cases: Pick<CaseStore, 'claim' | 'find' | 'replace'>;
  readonly parkedEvents: ParkedEventStore;
  /** Whether an execution is still going: one that ended without sealing has left its case to be taken over. */
  readonly isRunning: (executionArn: string) => Promise<boolean>;
  readonly now: () => Date;
}

export type OpenCaseResult =
  | { readonly route: 'opened'; readonly caseId: string; readonly waitUntil: string }
  | { readonly route: 'duplicate'; readonly caseId: string; readonly runBy: string }
  | { readonly route: 'parked'; readonly parkedId: string };

/**
 * Claims the case for this execution, or says why there is nothing to run.
 * Second run: the claim is found to be its own, and the answer is the same. Parking again changes nothing.
 */
export function openCase(deps: OpenCaseDeps) {
  return async (input: { executionArn: string; event: unknown }): Promise<OpenCaseResult> => {
    const now = deps.now();
    const reading = readHrEvent(input.event, now);
    if (!reading.ok) {
      const parkedId = sha256(canonicalJson(input.event));
      const { executionArn, event } = input;
      await deps.parkedEvents.park({
        parkedId,
        parkedAt: now.toISOString(),
        executionArn,
        faults: [...reading.faults],
        event,
      });
      return { route: 'parked', parkedId };
    }
    const newCase = caseFor(reading.termination, input.executionArn, now);
    if (await deps.cases.claim(newCase)) return openedResult(newCase);
    const existing = await deps.cases.find(newCase.caseId);
    if (!existing)
      throw new CaseNotFoundError(`${newCase.caseId} was claimed and is gone; it must not be deleted by hand`);
    if (existing.executionArn === input.executionArn) return openedResult(existing);
    if (isClosed(existing) || (await deps.isRunning(existing.executionArn))) {
      return { route: 'duplicate', caseId: existing.caseId, runBy: existing.executionArn };
    }
    return openedResult(await deps.cases.replace(existing, takenOver(existing, newCase, now)));
  };
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

function openedResult(opened: OffboardingCase): OpenCaseResult {
  return { route: 'opened', caseId: opened.caseId, waitUntil: opened.termination.lastWorkingMoment };
}
