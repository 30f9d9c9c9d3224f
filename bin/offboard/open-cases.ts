import { DynamoCaseStore } from '../../lambdas/cases/dynamo-case-store.ts';
import { systemClock } from '../../lambdas/clock.ts';
import type { OffboardingCase } from '../../lambdas/domain/offboarding-case.ts';
import type { Connection } from './connection.ts';
import { AnswerIsNoError } from './errors.ts';
import { openTable } from './open-table.ts';

/** The cases of the stack. */
export async function openCases(connection: Connection): Promise<DynamoCaseStore> {
  return new DynamoCaseStore({ ...(await openTable(connection)), now: systemClock });
}

/** @throws AnswerIsNoError when there is no such case. */
export async function readCase(cases: Pick<DynamoCaseStore, 'find'>, caseId: string): Promise<OffboardingCase> {
  const found = await cases.find(caseId);
  if (!found) throw new AnswerIsNoError(`${caseId} is not in the case table; "offboard list" shows the cases`);
  return found;
}
