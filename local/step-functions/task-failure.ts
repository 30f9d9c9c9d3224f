/** A task failed; `name` is what the definition's Retry and Catch match, the message is the Cause. */
export class TaskFailure extends Error {
  override readonly name: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}

/** The execution goes no further in this process. Neither Retry nor Catch may react; the interpreter asks for both. */
export class ExecutionHaltedError extends Error {
  override readonly name = 'ExecutionHaltedError';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** A Lambda function's error as Step Functions shows it: `Error` and a `Cause` that is JSON text. */
export function lambdaFailure(thrown: unknown): { error: string; cause: string } {
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { error: name, cause: JSON.stringify({ errorType: name, errorMessage: message, trace: [] }) };
}
