import type { CaseStore } from '../cases/case-store.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { DecisionsNotSignalledError } from './errors.ts';

export interface ChaseApprovalsDeps {
  readonly cases: Pick<CaseStore, 'find' | 'idsIn'>;
  readonly signal: (decided: CaseIn<'decided'>) => Promise<void>;
}

/**
 * Finds decisions that were stored but never signalled (a crash between the two writes) and signals them.
 * Runs on a schedule. Second run: a decision that was signalled carries its time and is left alone.
 */
export function chaseApprovals(deps: ChaseApprovalsDeps) {
  return async (): Promise<{ signalled: number }> => {
    let signalled = 0;
    const failures: unknown[] = [];
    for (const caseId of await deps.cases.idsIn('decided')) {
      const current = await deps.cases.find(caseId);
      if (current?.status !== 'decided' || current.signalledAt !== undefined) continue;
      try {
        await deps.signal(current);
        signalled += 1;
      } catch (error) {
        // The one that fails is the oldest, and would be first every time: it must not keep the others unheard.
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw new DecisionsNotSignalledError(
        `${failures.length} recorded decisions could not be signalled, ${signalled} could`,
        { cause: failures[0] },
      );
    }
    return { signalled };
  };
}
