import { createHash } from 'node:crypto';

/**
 * The id of a case: the same for every delivery of the same termination, another one for a rehire who leaves again.
 * A hash, so that logs, keys and links can carry it without naming anybody.
 */
export function caseIdOf(termination: { readonly employeeId: string; readonly terminationId: string }): string {
  // The JSON array keeps ("a", "bc") and ("ab", "c") apart.
  const key = JSON.stringify([termination.employeeId, termination.terminationId]);
  return `case-${createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 24)}`;
}
