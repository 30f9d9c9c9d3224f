import { SendTaskFailureCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { CaseStore, TaskTokenStore, WaitingTask } from '../cases/case-store.ts';
import { CaseNotFoundError } from '../cases/errors.ts';
import { isNobodyWaiting } from './is-nobody-waiting.ts';

interface EndSupersededDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly taskTokens: Pick<TaskTokenStore, 'settle'>;
  readonly sfn: Pick<SFNClient, 'send'>;
}

/** The error by which the workflow takes an execution to its end without touching the case: see "Request approval". */
const SUPERSEDED = 'SupersededError';

/**
 * Ends an execution that waits for people although another one runs its case now, say because HR took the termination
 * back: it would sleep until the approval times out. One that still has its case is never ended; one that has gone on by
 * itself is only noted. An execution that lost its case does not get it back while it waits.
 * Second run: Step Functions answers that nobody waits, which is as good as success.
 * @returns whether it was ended
 */
export async function endSuperseded(deps: EndSupersededDeps, task: WaitingTask): Promise<boolean> {
  const current = await deps.cases.find(task.caseId);
  if (!current) throw new CaseNotFoundError(`${task.caseId} is not in the case table`);
  const isOwn = current.executionArn === task.executionArn;
  const hasGoneOn =
    current.status === 'committed' ||
    current.status === 'finished' ||
    (current.status === 'decided' && current.signalledAt !== undefined);
  if (isOwn && !hasGoneOn) return false;
  const isEnded = !isOwn && (await fail(deps, task));
  await deps.taskTokens.settle(task);
  return isEnded;
}

async function fail({ sfn }: EndSupersededDeps, { token, caseId }: WaitingTask): Promise<boolean> {
  const cause = `${caseId} is run by another execution now, so nobody will answer this one`;
  try {
    await sfn.send(new SendTaskFailureCommand({ taskToken: token, error: SUPERSEDED, cause }));
    return true;
  } catch (error) {
    if (!isNobodyWaiting(error)) throw error;
    return false;
  }
}
