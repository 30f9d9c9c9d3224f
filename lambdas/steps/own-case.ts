import type { CaseStore } from '../cases/case-store.ts';
import { CaseNotFoundError, SupersededError } from '../cases/errors.ts';
import type { OffboardingCase } from '../domain/offboarding-case.ts';
import type { Routed, RoutingStep } from '../domain/route.ts';

/** What every step after Open case is told. */
export interface CaseInput {
  readonly caseId: string;
  readonly executionArn: string;
}

/** What a step answers of its case: where the execution goes from here. */
export interface CaseResult<Step extends RoutingStep> extends Routed<Step> {
  readonly caseId: string;
}

/**
 * The case as it stands now, read afresh, and only if this execution still runs it.
 * @throws CaseNotFoundError, SupersededError
 */
export async function readOwnCase(cases: Pick<CaseStore, 'find'>, input: CaseInput): Promise<OffboardingCase> {
  const current = await cases.find(input.caseId);
  if (!current) throw new CaseNotFoundError(`${input.caseId} is not in the case table`);
  if (current.executionArn !== input.executionArn) {
    throw new SupersededError(`${input.caseId} is run by another execution now`);
  }
  return current;
}
