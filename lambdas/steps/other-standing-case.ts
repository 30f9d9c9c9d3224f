import type { CaseStore, LeaverStore } from '../cases/case-store.ts';
import { standingOfAll } from '../domain/hr-word.ts';
import { heardIn, type OffboardingCase } from '../domain/offboarding-case.ts';
import { isStillDisabled } from './case-standing.ts';

// A leaver has a case for each employment, so a handful in a working life; more than that is a loop that cannot be.
const FURTHEST_BACK = 20;

/**
 * Whether another case of the same leaver wants the account disabled: an open one, or one that ended with the account
 * disabled. Cases are found from the leaver's current one backwards.
 */
export async function isWantedByAnother(
  deps: { readonly cases: Pick<CaseStore, 'find'>; readonly leavers: Pick<LeaverStore, 'currentCaseOf'> },
  about: OffboardingCase,
): Promise<boolean> {
  let caseId = await deps.leavers.currentCaseOf(about.termination.workEmail);
  for (let back = 0; caseId !== undefined && back < FURTHEST_BACK; back += 1) {
    const one: OffboardingCase | undefined = await deps.cases.find(caseId);
    if (one && caseId !== about.caseId && isWanting(one)) return true;
    caseId = one?.precededBy;
  }
  return false;
}

function isWanting(one: OffboardingCase): boolean {
  const isActive = one.status !== 'finished' || isStillDisabled(one);
  return isActive && standingOfAll(Object.values(heardIn(one)))?.is === 'due';
}
