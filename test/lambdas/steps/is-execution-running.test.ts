import { SFNClient } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import { isExecutionRunning } from '../../../lambdas/hr-intake/is-execution-running.ts';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import { startServer } from '../../local/running-server.ts';

async function stepFunctionsThat(answer: () => unknown) {
  const { clientOptions } = await startServer({ stepFunctions: async () => answer() });
  const client = new SFNClient(clientOptions);
  onTestFinished(() => client.destroy());
  return isExecutionRunning(client);
}

test.each([
  ['RUNNING', true],
  ['PENDING_REDRIVE', true],
  ['SUCCEEDED', false],
  ['FAILED', false],
  ['TIMED_OUT', false],
  ['ABORTED', false],
])('an execution that is %s still runs its case: %s', async (status, isRunning) => {
  const isRunningNow = await stepFunctionsThat(() => ({ executionArn: 'arn', status, startDate: 0 }));

  expect(await isRunningNow('arn')).toBe(isRunning);
});

test('an execution that Step Functions has forgotten runs nothing', async () => {
  const isRunningNow = await stepFunctionsThat(() => {
    throw new AwsError('ExecutionDoesNotExist', 'gone after 90 days');
  });

  expect(await isRunningNow('arn')).toBe(false);
});

test('not knowing is no answer: a case is not taken over because a question failed', async () => {
  const isRunningNow = await stepFunctionsThat(() => {
    throw new AwsError('AccessDeniedException', 'no');
  });

  await expect(isRunningNow('arn')).rejects.toThrow(expect.objectContaining({ name: 'AccessDeniedException' }));
});
