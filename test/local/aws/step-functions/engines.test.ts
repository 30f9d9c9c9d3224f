import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { findableEngines } from '../../../../local/aws/step-functions/engines.ts';
import { createStepFunctionsEndpoint } from '../../../../local/aws/step-functions/wire.ts';
import { connect } from './loopback.ts';
import { flow, STATE_MACHINE_ARN, tokenIn, tokenTask, workbench } from './workbench.ts';

const NOTIFICATIONS_ARN = `${STATE_MACHINE_ARN}-hr-notifications`;

/** Two state machines, the name of one being the beginning of the other's. */
async function twoMachines() {
  const definition = flow({ Ask: tokenTask('ask', {}) });
  const cases = workbench(definition, { ask: () => null });
  const notifications = workbench(definition, { ask: () => null }, { stateMachineArn: NOTIFICATIONS_ARN });
  const engines = findableEngines(cases.engine, notifications.engine);
  return { cases, notifications, client: await connect(createStepFunctionsEndpoint(engines)) };
}

test('both state machines are listed, and each has its own executions', async () => {
  const { client } = await twoMachines();

  const start = new StartExecutionCommand({ stateMachineArn: NOTIFICATIONS_ARN, name: 'notification-1', input: '{}' });
  const { executionArn } = await client.send(start);

  const listed = (await client.send(new ListStateMachinesCommand())).stateMachines?.map((one) => one.stateMachineArn);
  expect(listed).toEqual([STATE_MACHINE_ARN, NOTIFICATIONS_ARN]);
  const executionsOf = async (stateMachineArn: string) =>
    (await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions?.map(({ name }) => name);
  expect(await executionsOf(STATE_MACHINE_ARN)).toEqual([]);
  expect(await executionsOf(NOTIFICATIONS_ARN)).toEqual(['notification-1']);
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    stateMachineArn: NOTIFICATIONS_ARN,
    status: 'RUNNING',
  });
});

test('executions of the same name are kept apart, and a token finds its own', async () => {
  const { cases, notifications, client } = await twoMachines();
  const ofCases = cases.engine.start({ name: 'same', input: {} });
  const ofNotifications = notifications.engine.start({ name: 'same', input: {} });
  await Promise.all([cases.happened('submitted'), notifications.happened('submitted')]);

  const taskToken = tokenIn(notifications.calls.ask?.[0]);
  await client.send(new SendTaskSuccessCommand({ taskToken, output: '"translated"' }));
  await notifications.engine.waitForEnd(ofNotifications.executionArn);

  const statusOf = async (executionArn: string) =>
    (await client.send(new DescribeExecutionCommand({ executionArn }))).status;
  expect(await statusOf(ofNotifications.executionArn)).toBe('SUCCEEDED');
  expect(await statusOf(ofCases.executionArn)).toBe('RUNNING');
});

test('an execution of a machine that there is not is told as AWS tells it', async () => {
  const { client } = await twoMachines();
  const executionArn = 'arn:aws:states:eu-central-1:000000000000:execution:Off:same';

  await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
    name: 'ExecutionDoesNotExist',
  });
});
