import type { CaseStore, LeaverStore } from '../cases/case-store.ts';
import { resolveIntentOfAll } from '../domain/hr-report.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import { historiesOf, type OffboardingCase } from '../domain/offboarding-case.ts';
import { isStillDisabled } from './case-predicates.ts';

/**
 * Whether another case of the same leaver wants the account disabled: an open one, or one that ended with the account
 * disabled.
 */
export async function isWantedByAnother(
  deps: { readonly cases: Pick<CaseStore, 'find'>; readonly leavers: Pick<LeaverStore, 'casesOf'> },
  { caseId, termination: { workEmail } }: OffboardingCase,
): Promise<boolean> {
  const others = (await deps.leavers.casesOf(workEmail)).filter((other) => other !== caseId);
  const found = await Promise.all(others.map((other) => deps.cases.find(other)));
  return found.some((one) => one && isSameAddress(one.termination.workEmail, workEmail) && isWanting(one));
}

function isWanting(one: OffboardingCase): boolean {
  const isActive = one.status !== 'finished' || isStillDisabled(one);
  return isActive && resolveIntentOfAll(Object.values(historiesOf(one)))?.kind === 'due';
}
