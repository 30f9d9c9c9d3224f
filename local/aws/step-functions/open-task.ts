import { AwsError } from '../protocol/aws-error.ts';
import type { Attempt } from './attempts.ts';
import type { Execution } from './execution.ts';
import type { ExecutionStore } from './execution-store.ts';
import { isWellFormedToken, type TaskTokens } from './task-tokens.ts';

/**
 * The task that still waits for this token.
 * @throws AwsError, named as AWS does: InvalidToken for what never was a token, TaskDoesNotExist for one that was
 * never handed out, TaskTimedOut for one whose task is over, however it came out.
 */
export function findOpenTask(
  token: string,
  tokens: TaskTokens,
  executions: ExecutionStore,
): { execution: Execution; attempt: Attempt } {
  if (!isWellFormedToken(token)) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  const owner = tokens.ownerOf(token);
  const execution = owner && executions.named(owner.execution);
  const attempt = owner && execution?.attempts.get(owner.attempt);
  if (execution === undefined || attempt === undefined) {
    throw new AwsError('TaskDoesNotExist', "Task Does Not Exist: 'no task has this token'");
  }
  if (execution.isRunning() && attempt.outcome === undefined) return { execution, attempt };
  throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
}
