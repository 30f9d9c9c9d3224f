import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { findableEngines } from '../../../../local/aws/step-functions/engines.ts';
import { createStepFunctionsEndpoint } from '../../../../local/aws/step-functions/wire.ts';
import { connect } from './loopback.ts';
import { flow, named, STATE_MACHINE_ARN as stateMachineArn, task, tokenIn, tokenTask, workbench } from './workbench.ts';

const offboarding = flow({
  'Disable account': task('disable', { ResultPath: '$.disabled' }),
  'Request approval': tokenTask('requestApproval', { ResultPath: '$.decision' }),
  Done: { Type: 'Succeed' },
});
const handlers = { disable: () => true, requestApproval: () => null };

async function running(definition = offboarding) {
  const bench = workbench(definition, handlers);
  return { ...bench, client: await connect(createStepFunctionsEndpoint(findableEngines(bench.engine))) };
}

describe('the AWS SDK’s client', () => {
  test('starts an execution, answers its token and reads how it ended', async () => {
    const { client, engine, calls, happened } = await running();
    const started = await client.send(
      new StartExecutionCommand({ stateMachineArn, name: 'case-1', input: '{"caseId":"c-1"}' }),
    );
    await happened('submitted');
    const taskToken = tokenIn(calls.requestApproval?.[0]);

    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"choice":"0"}' }));
    await engine.waitForEnd(started.executionArn ?? '');
    const described = await client.send(new DescribeExecutionCommand({ executionArn: started.executionArn }));

    expect(described).toMatchObject({
      executionArn: started.executionArn,
      stateMachineArn,
      name: 'case-1',
      status: 'SUCCEEDED',
      startDate: started.startDate,
      stopDate: expect.any(Date),
      input: '{"caseId":"c-1"}',
      output: '{"caseId":"c-1","disabled":true,"decision":{"choice":"0"}}',
    });
    expect(Math.abs(Date.now() - (started.startDate?.getTime() ?? 0))).toBeLessThan(60_000);
  });

  test('fails a task by its token', async () => {
    const { client, engine, calls, happened } = await running();
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await happened('submitted');

    await client.send(
      new SendTaskFailureCommand({
        taskToken: tokenIn(calls.requestApproval?.[0]),
        error: 'Withdrawn',
        cause: 'by HR',
      }),
    );
    await engine.waitForEnd(executionArn ?? '');

    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({ status: 'FAILED', error: 'Withdrawn', cause: 'by HR', input: '{}' });
  });

  test('stops an execution', async () => {
    const { client, engine } = await running();
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));

    const { stopDate } = await client.send(new StopExecutionCommand({ executionArn, error: 'Stopped' }));

    expect(stopDate).toBeInstanceOf(Date);
    expect(engine.describe(executionArn ?? '')).toMatchObject({ status: 'ABORTED', error: 'Stopped' });
  });

  test('pages through executions, newest first, and filters them', async () => {
    const { client, engine } = await running();
    for (const name of ['one', 'two', 'three']) engine.start({ name, input: {} });
    const names: (string | undefined)[][] = [];

    for await (const page of paginateListExecutions({ client, pageSize: 2 }, { stateMachineArn })) {
      names.push((page.executions ?? []).map(({ name }) => name));
      engine.start({ name: `newer-${names.length}`, input: {} });
    }
    const failed = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }));

    expect(names).toEqual([['three', 'two'], ['one']]);
    expect(failed.executions).toEqual([]);
  });

  test('sees the one state machine with its definition', async () => {
    const { client } = await running();

    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));

    expect(stateMachines).toMatchObject([{ stateMachineArn, name: 'Offboarding', type: 'STANDARD' }]);
    expect(JSON.parse(described.definition ?? '')).toEqual(offboarding);
    expect(described.status).toBe('ACTIVE');
  });
});

describe('the history', () => {
  test('tells the story as AWS does', async () => {
    const { client, engine, calls, happened } = await running();
    const { executionArn } = engine.start({ input: { caseId: 'c-1' } });
    await happened('submitted');
    engine.sendTaskSuccess(tokenIn(calls.requestApproval?.[0]), 'approved');
    await engine.waitForEnd(executionArn);

    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));

    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events.map(({ id, previousEventId }) => [id, previousEventId])).toEqual(events.map((_, i) => [i + 1, i]));
    expect(events[1]?.stateEnteredEventDetails).toEqual({
      name: 'Disable account',
      input: '{"caseId":"c-1"}',
      inputDetails: { truncated: false },
    });
    expect(events[4]?.lambdaFunctionSucceededEventDetails).toMatchObject({ output: 'true' });
    expect(events[7]?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
      timeoutInSeconds: 3600,
    });
    expect(events[10]?.taskSucceededEventDetails).toMatchObject({ resourceType: 'lambda', output: '"approved"' });
    expect(events[14]?.executionSucceededEventDetails?.output).toContain('"decision":"approved"');
  });

  test('names the error of a failed task and of the execution', async () => {
    const bench = workbench(flow({ Seal: task('seal', {}) }), {
      seal: () => Promise.reject(named('EvidenceError', 'bucket is away')),
    });
    const client = await connect(createStepFunctionsEndpoint(findableEngines(bench.engine)));
    const { executionArn } = bench.engine.start({ input: {} });
    await bench.engine.waitForEnd(executionArn);

    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true }));

    expect(events.slice(0, 2)).toMatchObject([
      { type: 'ExecutionFailed', executionFailedEventDetails: { error: 'EvidenceError' } },
      { type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { error: 'EvidenceError' } },
    ]);
  });

  test('comes in pages, and without what people wrote if so asked', async () => {
    const { client, engine, happened } = await running();
    const { executionArn } = engine.start({ input: { email: 'jane.doe@example.com' } });
    await happened('submitted');
    const ids: (number | undefined)[] = [];

    const request = { executionArn, includeExecutionData: false };
    for await (const { events = [] } of paginateGetExecutionHistory({ client, pageSize: 3 }, request)) {
      ids.push(...events.map(({ id }) => id));
      expect(JSON.stringify(events)).not.toContain('jane.doe');
    }

    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('what is wrong is refused in AWS’s words', () => {
  const executionArn = 'arn:aws:states:eu-central-1:000000000000:execution:Offboarding:nobody';
  const refused: [code: string, ask: (client: SFNClient) => Promise<object>][] = [
    ['ExecutionDoesNotExist', (client) => client.send(new DescribeExecutionCommand({ executionArn }))],
    [
      'StateMachineDoesNotExist',
      (client) => client.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}2` })),
    ],
    [
      'InvalidExecutionInput',
      (client) => client.send(new StartExecutionCommand({ stateMachineArn, input: '{"email":' })),
    ],
    ['InvalidName', (client) => client.send(new StartExecutionCommand({ stateMachineArn, name: 'a b' }))],
    [
      'InvalidOutput',
      (client) => client.send(new SendTaskSuccessCommand({ taskToken: 'A'.repeat(64), output: 'approved' })),
    ],
    [
      'TaskDoesNotExist',
      (client) => client.send(new SendTaskSuccessCommand({ taskToken: 'A'.repeat(64), output: '{}' })),
    ],
    ['InvalidToken', (client) => client.send(new SendTaskHeartbeatCommand({ taskToken: 'guess' }))],
    ['InvalidToken', (client) => client.send(new ListExecutionsCommand({ stateMachineArn, nextToken: 'guess' }))],
    ['ValidationException', (client) => client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 5000 }))],
  ];
  test.each(refused)('%s', async (name, ask) => {
    const { client } = await running();

    await expect(ask(client)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  test('a validation error names the field and not its value', async () => {
    const { engine } = await running();
    const answer = createStepFunctionsEndpoint(findableEngines(engine));

    const refusal = expect(answer('SendTaskSuccess', { taskToken: 'secret', output: { also: 'secret' } })).rejects;

    await refusal.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(/'output'(?!.*secret)/),
    });
  });

  test('an operation that is not answered here', async () => {
    const { engine } = await running();

    await expect(createStepFunctionsEndpoint(findableEngines(engine))('CreateActivity', {})).rejects.toMatchObject({
      code: 'UnknownOperationException',
    });
  });
});
