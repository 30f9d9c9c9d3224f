import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../local/aws/protocol/aws-error.ts';

const described = z.object({ executionArn: z.string() });
const failed = z.object({ taskToken: z.string(), error: z.string(), cause: z.string() });
const succeeded = z.object({ taskToken: z.string(), output: z.string() });

/** What Step Functions knows while a step is tested: which executions are going, and who waits for which token. */
export class WaitingWorkflow {
  readonly running = new Set<string>();
  readonly waiting = new Set<string>();
  /** Tokens of tasks that are over: they were handed out once, and nobody waits for them any more. */
  readonly over = new Set<string>();
  /** Every signal that was taken, in order. */
  readonly signals: { readonly taskToken: string; readonly output: string }[] = [];
  /** Every task that was failed by its token, in order. */
  readonly failures: z.infer<typeof failed>[] = [];
  /** Answers every signal with this error while it is set. */
  outage: AwsError | undefined;
  /** What happens the moment a signal is taken, before its sender hears that it was. */
  goesOn: () => Promise<unknown> = async () => undefined;

  /** A new attempt of the waiting task: the token of the one before is over. */
  mintToken(): string {
    for (const token of this.waiting) this.over.add(token);
    this.waiting.clear();
    const token = randomBytes(48).toString('base64url');
    this.waiting.add(token);
    return token;
  }

  /** The operations that steps use, with AWS's own error names. */
  async answer(operation: string, body: unknown): Promise<unknown> {
    if (operation === 'DescribeExecution') return this.#describe(described.parse(body).executionArn);
    if (operation === 'SendTaskSuccess') return this.#succeed(succeeded.parse(body));
    if (operation === 'SendTaskFailure') return this.#fail(failed.parse(body));
    throw new AwsError('UnknownOperationException', `${operation} is not used by any step`);
  }

  #describe(executionArn: string) {
    const status = this.running.has(executionArn) ? 'RUNNING' : 'FAILED';
    return { executionArn, stateMachineArn: executionArn, status, startDate: 0 };
  }

  #fail(failure: z.infer<typeof failed>) {
    this.#end(failure.taskToken);
    this.failures.push(failure);
    return {};
  }

  #end(taskToken: string): void {
    if (this.outage !== undefined) throw this.outage;
    if (this.over.has(taskToken)) throw new AwsError('TaskTimedOut', 'Provided task does not exist anymore');
    if (!this.waiting.delete(taskToken)) throw new AwsError('InvalidToken', 'Invalid token');
    this.over.add(taskToken);
  }

  async #succeed(signal: { taskToken: string; output: string }) {
    this.#end(signal.taskToken);
    this.signals.push(signal);
    await this.goesOn();
    return {};
  }
}
