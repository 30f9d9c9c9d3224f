import { createHash } from 'node:crypto';

/** How every case's id begins. */
export const CASE_ID_START = 'case-';

/** What tells one termination from every other one. */
export interface TerminationKey {
  /** The system that reported it, as AWS authenticated it: two systems may well use the same ids. */
  readonly source: string;
  readonly employeeId: string;
  readonly terminationId: string;
}

/**
 * The id of a case: the same for every delivery of the same termination, another one for a rehire who leaves again.
 * A hash, so that logs, keys and links can carry it without naming anybody.
 */
export function caseIdOf({ source, employeeId, terminationId }: TerminationKey): string {
  // The JSON array keeps ("a", "bc") and ("ab", "c") apart.
  return idOf([source, employeeId, terminationId]);
}

/** The id that earlier versions gave a case. Cases that were open when this one was deployed are found by it. */
export function formerCaseIdOf({ employeeId, terminationId }: Omit<TerminationKey, 'source'>): string {
  return idOf([employeeId, terminationId]);
}

function idOf(key: readonly string[]): string {
  return `${CASE_ID_START}${createHash('sha256').update(JSON.stringify(key), 'utf8').digest('hex').slice(0, 24)}`;
}
