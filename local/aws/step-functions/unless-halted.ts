/** The execution goes no further in this process. Neither Retry nor Catch may react; the interpreter asks for both. */
class ExecutionHaltedError extends Error {
  override readonly name = 'ExecutionHaltedError';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** So that nothing keeps waiting, timers included, once the execution is stopped or the engine closed. */
export function unlessHalted<Result>(halted: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new ExecutionHaltedError());
  if (halted.aborted) stop();
  halted.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => halted.removeEventListener('abort', stop));
}
