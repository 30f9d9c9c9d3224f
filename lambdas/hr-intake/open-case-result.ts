import type { EventFault } from '../domain/hr-events/hr-event.ts';
import type { OffboardingCase } from '../domain/offboarding-case.ts';
import type { Routed } from '../domain/route.ts';

export type OpenCaseResult =
  | (Routed<'Open case', 'opened'> & {
      readonly caseId: string;
      readonly waitUntil: string;
      /** Part of the event was parked beside. */
      readonly parked?: true;
    })
  /** HR took the termination back and the account is disabled already. */
  | (Routed<'Open case', 'reinstate'> & {
      readonly caseId: string;
      readonly decisionId: string;
      readonly parked?: true;
    })
  /** HR took the termination back before anything was done. */
  | (Routed<'Open case', 'finished'> & { readonly caseId: string; readonly parked?: true })
  | (Routed<'Open case', 'duplicate'> & { readonly caseId: string; readonly runBy: string })
  /** Nothing to take back so far; kept for a termination that may still be reported. */
  | (Routed<'Open case', 'early cancellation'> & { readonly caseId?: string })
  /** What HR asks for can no longer be done: parked, and people are to be told. */
  | (Routed<'Open case', 'too late'> & {
      readonly caseId: string;
      readonly parkedId: string;
      readonly fault: EventFault;
    })
  | (Routed<'Open case', 'parked'> & { readonly parkedId: string });

/** Whether something waits for a person now, of which the alarm on parked events tells. */
export function isParked(result: OpenCaseResult): boolean {
  return 'parkedId' in result || ('parked' in result && result.parked === true);
}

/** Another execution runs the case; this one has nothing to do. */
export function duplicateOf(existing: OffboardingCase): OpenCaseResult {
  return { route: 'duplicate', caseId: existing.caseId, runBy: existing.executionArn };
}

/** Where a case of this execution goes from here. */
export function resultOf(own: OffboardingCase): OpenCaseResult {
  const { caseId } = own;
  if (own.status === 'finished') return { route: 'finished', caseId };
  if ((own.status === 'decided' || own.status === 'committed') && own.decision.via === 'hr') {
    return { route: 'reinstate', caseId, decisionId: own.decision.decisionId };
  }
  return { route: 'opened', caseId, waitUntil: own.termination.lastWorkingMoment };
}
