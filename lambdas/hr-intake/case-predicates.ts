import { caseIdOf, formerCaseIdOf } from '../domain/case-id.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import type { OutcomeKind } from '../domain/outcome.ts';
import type { Termination } from '../domain/termination.ts';

/** Whether HR's taking back has reached the case already. */
export function isTakenBack(existing: OffboardingCase): boolean {
  const isEnded = existing.status === 'finished' && existing.outcome.kind === 'withdrawn';
  return isEnded || ('decision' in existing && existing.decision?.via === 'hr');
}

/** Whether HR asks for something else after a case that ended without harm; people's decision to reinstate outweighs older ones. */
export function isNewsAfter(finished: CaseIn<'finished'>, wanted: Termination): boolean {
  const { outcome, decision } = finished;
  const isOlderThanDecision = decision !== undefined && wanted.reportedAt <= decision.decidedAt;
  return HARMLESS.has(outcome.kind) && !isSame(finished, wanted) && !isOlderThanDecision;
}

/** Cases that ended with nothing disabled by them: what HR says next can simply be done. */
export const HARMLESS: ReadonlySet<OutcomeKind> = new Set([
  'withdrawn',
  'reinstated',
  'nobody-found',
  'ambiguous',
  'invited-only',
  'held-back',
]);

/** Cases that ended with the account disabled and in place. */
export function isStillDisabled(finished: CaseIn<'finished'>): boolean {
  const { outcome, account } = finished;
  if (!account) return false;
  const isUndecided = outcome.kind === 'approval-expired' || outcome.kind === 'undone' || outcome.kind === 'failed';
  return isUndecided || isKeptByPeople(finished);
}

/** People chose to keep the account disabled, and that was carried out. */
export function isKeptByPeople({ outcome, decision }: CaseIn<'finished'>): boolean {
  return outcome.kind === 'carried-out' && decision?.effect.proof === 'listed and disabled';
}

/** A termination that was ended here, taken back too late, and reported anew is one that nothing was done about yet. */
export function isBetweenTakenBack({ history, termination }: OffboardingCase): boolean {
  const takenBack = (history?.[caseIdOf(termination)] ?? history?.[formerCaseIdOf(termination)])?.takenBack;
  return takenBack !== undefined && termination.reportedAt <= takenBack.reportedAt;
}

/** Whether HR wants what the case acts on: the same moment for the same address. */
export function isSame({ termination: acted }: OffboardingCase, wanted: Termination): boolean {
  return acted.lastWorkingMoment === wanted.lastWorkingMoment && isSameAddress(acted.workEmail, wanted.workEmail);
}

/** Whether LastPass may have been told already, although the record does not yet say with what result. */
export function isDisablingBegun(current: CaseIn<'opened'>): boolean {
  return current.disablingBegunAt !== undefined;
}

/** Somebody who had been taken back or enabled again is reported to leave again. */
export function isLeaverAnew(existing: OffboardingCase, next: OffboardingCase): boolean {
  const isBack = isTakenBack(existing) || (existing.status === 'finished' && existing.outcome.kind === 'reinstated');
  return isBack && next.status === 'opened';
}
