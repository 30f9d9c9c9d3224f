/**
 * Errors by which Step Functions says that nobody waits for this token any more: it moved on, so there is no more to tell.
 * `InvalidToken` is none of them: what is stored is then no token, and the workflow still waits unheard.
 */
const NOBODY_WAITS: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist']);

export function isNobodyWaiting(error: unknown): boolean {
  return error instanceof Error && NOBODY_WAITS.has(error.name);
}
