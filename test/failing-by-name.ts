/** Why a step failed: the name by which the workflow routes. */
export async function errorName(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'nothing failed',
    (error: unknown) => (error instanceof Error ? error.name : 'no error'),
  );
}
