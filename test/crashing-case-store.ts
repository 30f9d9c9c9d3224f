import type { CaseStore } from '../lambdas/cases/case-store.ts';

/** The process ended in the middle of a step. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

/** A case store whose process dies just before, or just after, its nth write; later writes never happen. */
export function crashingStore(
  cases: CaseStore,
  at: { readonly when: 'before' | 'after'; readonly write: number },
): CaseStore {
  let writes = 0;
  async function write<Result>(run: () => Promise<Result>): Promise<Result> {
    writes += 1;
    if (writes > at.write || (writes === at.write && at.when === 'before')) throw new CrashError();
    const result = await run();
    if (writes === at.write) throw new CrashError();
    return result;
  }
  return {
    find: (caseId) => cases.find(caseId),
    idsIn: (status) => cases.idsIn(status),
    claim: (newCase, over) => write(() => cases.claim(newCase, over)),
    replace: (current, next) => write(() => cases.replace(current, next)),
  };
}
