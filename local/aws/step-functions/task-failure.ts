/** A task failed; `name` is what the definition's Retry and Catch match, the message is the Cause. */
export class TaskFailure extends Error {
  override readonly name: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}

/** A Lambda function's error as Step Functions shows it: `Error` and a `Cause` that is JSON text. */
export function lambdaFailure(thrown: unknown): { error: string; cause: string } {
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { error: name, cause: JSON.stringify({ errorType: name, errorMessage: message, trace: [] }) };
}
