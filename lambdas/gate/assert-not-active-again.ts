import { standingActiveAgain } from '../domain/active-again.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { ActiveAgainError } from './errors.ts';

/**
 * An irreversible decision is not carried out while somebody says that the leaver is active again, however long it has
 * been on record: the case ends for a person, who clears it and has it taken up again, or has the termination taken back.
 * @throws ActiveAgainError
 */
export function assertNotActiveAgain(decided: CaseIn<'decided'>): void {
  if (decided.decision.effect.isReversible || standingActiveAgain(decided).length === 0) return;
  throw new ActiveAgainError(
    `${decided.caseId}: the leaver is reported as active again, so “${decided.decision.effect.label}” is not carried out`,
  );
}
