import { DynamoCaseStore } from '../../../lambdas/cases/dynamo-case-store.ts';
import { systemClock } from '../../../lambdas/clock.ts';
import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import type { Connection } from './connection.ts';
import { openTable } from './open-table.ts';

/** The cases of the stack. */
export async function openCases(connection: Connection): Promise<DynamoCaseStore> {
  return new DynamoCaseStore({ ...(await openTable(connection)), now: systemClock });
}

/**
 * A case, or the one that a report of this id joined because its leaver had a case already.
 * @throws AnswerIsNoError when there is no such case.
 */
export async function readCase(
  cases: Pick<DynamoCaseStore, 'find' | 'findPlaceholder'>,
  caseId: string,
): Promise<OffboardingCase> {
  const found = await cases.find(caseId);
  if (found) return found;
  const placeholder = await cases.findPlaceholder(caseId);
  const primary = placeholder?.status === 'merged' ? await cases.find(placeholder.primaryCaseId) : undefined;
  if (primary) return primary;
  if (placeholder?.status === 'early cancellation') {
    throw new AnswerIsNoError(`${caseId} was taken back before it was reported; if the report comes, it ends at once`);
  }
  throw new AnswerIsNoError(`${caseId} is not in the case table; "offboard list" shows the cases`);
}
