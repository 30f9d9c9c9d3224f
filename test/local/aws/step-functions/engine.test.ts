import { describe, expect, test } from 'vitest';
import { flow, named, task, tokenIn, tokenTask, workbench } from './workbench.ts';

describe('running a definition', () => {
  test('a task gets the state, and its result becomes the next state’s input', async () => {
    const { engine, calls } = workbench(flow({ 'Open case': task('openCase', {}), Done: { Type: 'Succeed' } }), {
      openCase: () => ({ caseId: 'c-1' }),
    });

    const { executionArn } = engine.start({ name: 'first', input: { employeeId: 'e-1' } });
    const end = await engine.waitForEnd(executionArn);

    expect(calls).toEqual({ openCase: [{ employeeId: 'e-1' }] });
    expect(end).toMatchObject({ status: 'SUCCEEDED', output: { caseId: 'c-1' }, name: 'first' });
    expect(executionArn).toBe('arn:aws:states:eu-central-1:000000000000:execution:Offboarding:first');
  });

  test('a choice goes one way only', async () => {
    const { engine, calls } = workbench(
      flow({
        'Is it a duplicate?': {
          Type: 'Choice',
          Choices: [{ Variable: '$.isDuplicate', BooleanEquals: true, Next: 'Done' }],
          Default: 'Disable account',
        },
        'Disable account': task('disableAccount', {}),
        Done: { Type: 'Succeed' },
      }),
      { disableAccount: () => 'disabled' },
    );

    const duplicate = await engine.waitForEnd(engine.start({ input: { isDuplicate: true } }).executionArn);
    const fresh = await engine.waitForEnd(engine.start({ input: { isDuplicate: false } }).executionArn);

    expect([duplicate.output, fresh.output]).toEqual([{ isDuplicate: true }, 'disabled']);
    expect(calls.disableAccount).toHaveLength(1);
  });

  test('the Lambda integration wraps the answer as AWS does', async () => {
    const { engine, calls } = workbench(
      flow({
        Ask: task('ask', {
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: {
            FunctionName: 'arn:aws:lambda:eu-central-1:000000000000:function:ask',
            Payload: { 'name.$': '$.name', 'state.$': '$$.State.Name' },
          },
          ResultSelector: { 'answer.$': '$.Payload' },
        }),
      }),
      { ask: () => 42 },
    );

    const end = await engine.waitForEnd(engine.start({ input: { name: 'jane.doe@example.com' } }).executionArn);

    expect(end.output).toEqual({ answer: 42 });
    expect(calls.ask).toEqual([{ name: 'jane.doe@example.com', state: 'Ask' }]);
  });

  test('a failing task is retried, then caught by the name of its error, with an AWS-shaped cause', async () => {
    const { engine, calls, events } = workbench(
      flow({
        'Disable account': task('disableAccount', {
          Retry: [{ ErrorEquals: ['LastPassUnavailableError'], IntervalSeconds: 60, MaxAttempts: 2 }],
          Catch: [{ ErrorEquals: ['LastPassUnavailableError'], ResultPath: '$.fault', Next: 'Park' }],
        }),
        Park: { Type: 'Pass' },
      }),
      { disableAccount: () => Promise.reject(named('LastPassUnavailableError', 'LastPass is away')) },
      { retryIntervalMs: (_state, attempt, plannedMs) => attempt + plannedMs / 1e6 },
    );

    const end = await engine.waitForEnd(engine.start({ input: { caseId: 'c-1' } }).executionArn);

    expect(calls.disableAccount).toHaveLength(3);
    expect(end.output).toEqual({
      caseId: 'c-1',
      fault: {
        Error: 'LastPassUnavailableError',
        Cause: '{"errorType":"LastPassUnavailableError","errorMessage":"LastPass is away","trace":[]}',
      },
    });
    expect(events.map(({ kind }) => kind)).toEqual([
      'started',
      'entered',
      ...['scheduled', 'failed', 'retried', 'scheduled', 'failed', 'retried', 'scheduled', 'failed', 'caught'],
      ...['exited', 'entered', 'exited', 'ended'],
    ]);
  });

  test('the pause before a retry is asked for with its number and what the definition plans', async () => {
    const asked: [string, number, number][] = [];
    const { engine } = workbench(
      flow({
        Seal: task('seal', {
          Retry: [
            { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 15, MaxAttempts: 3 },
          ],
        }),
      }),
      { seal: () => Promise.reject(new Error('no')) },
      {
        retryIntervalMs: (...question) => {
          asked.push(question);
          return 0;
        },
      },
    );

    const end = await engine.waitForEnd(engine.start({ input: {} }).executionArn);

    expect(end.status).toBe('FAILED');
    expect([...new Set(asked.map(([, attempt, planned]) => `${attempt}: ${planned}`))]).toEqual([
      '1: 2000',
      '2: 6000',
      '3: 15000',
      '4: 15000',
    ]);
  });

  test('each of several retriers has its own count and its own longest pause, whatever fails in between', async () => {
    const fails = ['Rejected', 'Odd', 'Rejected', 'Odd', 'Rejected', 'Rejected'];
    const tries: string[] = [];
    const { engine } = workbench(
      flow({
        Seal: task('seal', {
          Retry: [
            { ErrorEquals: ['Refused'], MaxAttempts: 0 },
            {
              ErrorEquals: ['Rejected', 'Empty'],
              IntervalSeconds: 15,
              BackoffRate: 2,
              MaxDelaySeconds: 20,
              MaxAttempts: 3,
            },
            { ErrorEquals: ['Odd'], IntervalSeconds: 10, MaxDelaySeconds: 60, MaxAttempts: 2 },
            { ErrorEquals: ['States.ALL'], MaxAttempts: 60 },
          ],
        }),
      }),
      {
        seal: () => {
          const name = fails[tries.length] ?? 'nothing';
          tries.push(name);
          return Promise.reject(named(name, 'no'));
        },
      },
      { retryIntervalMs: () => 0 },
    );

    const end = await engine.waitForEnd(engine.start({ input: {} }).executionArn);

    expect(end).toMatchObject({ status: 'FAILED', error: 'Rejected' });
    expect(tries, 'three retries of its own, and then the fourth rejection ends it').toEqual(fails);
  });

  test('an error that nobody catches fails the execution under its own name', async () => {
    const { engine } = workbench(flow({ Seal: task('seal', {}) }), {
      seal: () => Promise.reject(named('EvidenceError', 'bucket is away')),
    });

    const end = await engine.waitForEnd(engine.start({ input: {} }).executionArn);

    expect(end).toMatchObject({ status: 'FAILED', error: 'EvidenceError' });
  });

  test('a Fail state ends the execution with its error and cause', async () => {
    const { engine } = workbench(flow({ Stop: { Type: 'Fail', Error: 'Withdrawn', Cause: 'HR took it back' } }), {});

    const end = await engine.waitForEnd(engine.start({ input: {} }).executionArn);

    expect(end).toMatchObject({ status: 'FAILED', error: 'Withdrawn', cause: 'HR took it back' });
  });

  test('a task that takes longer than its timeout fails with States.Timeout, whose catch is taken', async () => {
    const { engine, events } = workbench(
      flow({
        Slow: task('slow', {
          TimeoutSeconds: 1,
          Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.fault', Next: 'Kept disabled' }],
        }),
        'Kept disabled': { Type: 'Succeed' },
      }),
      { slow: () => new Promise(() => undefined) },
    );

    const end = await engine.waitForEnd(engine.start({ input: {} }).executionArn);

    expect(end).toMatchObject({ status: 'SUCCEEDED', output: { fault: { Error: 'States.Timeout' } } });
    expect(events.map(({ kind }) => kind)).toContain('timedOut');
  });

  test('a timeout path reads the state’s input, not the parameters', async () => {
    const { engine, calls } = workbench(
      flow({
        Ask: tokenTask('ask', { TimeoutSeconds: undefined, TimeoutSecondsPath: '$.patienceSeconds' }),
      }),
      { ask: () => null },
    );

    const end = await engine.waitForEnd(engine.start({ input: { patienceSeconds: 1 } }).executionArn);

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(calls.ask).toMatchObject([{ input: { patienceSeconds: 1 } }]);
  });

  test('the whole execution can time out', async () => {
    const { engine } = workbench(flow({ Ask: tokenTask('ask', {}) }, { TimeoutSeconds: 1 }), { ask: () => null });

    const end = await engine.waitForEnd(engine.start({ input: {} }).executionArn);

    expect(end.status).toBe('TIMED_OUT');
  });

  test.each<[string, object]>([
    ['a last working moment', { Type: 'Wait', Timestamp: new Date(Date.now() + 40 * 24 * 3600 * 1000).toISOString() }],
    ['a hold', { Type: 'Wait', SecondsPath: '$.fortyDays' }],
    ['the patience for a decision', tokenTask('ask', { TimeoutSeconds: 40 * 24 * 3600 })],
  ])('%s forty days away does not arrive at once', async (_what, state) => {
    const { engine, calls, happened } = workbench(flow({ Far: state, 'Delete account': task('deleteAccount', {}) }), {
      ask: () => null,
      deleteAccount: () => null,
    });
    const { executionArn } = engine.start({ input: { fortyDays: 40 * 24 * 3600 } });

    await happened('entered', 'Far');
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(engine.describe(executionArn).status).toBe('RUNNING');
    expect(calls.deleteAccount).toBeUndefined();
  });

  test('branches run side by side, each with its own token', async () => {
    const branch = (name: string) => flow({ [`Ask ${name}`]: tokenTask('ask', {}) });
    const { engine, calls, happened } = workbench(
      flow({ 'Ask both': { Type: 'Parallel', Branches: [branch('manager'), branch('security')] } }),
      { ask: () => null },
    );

    const { executionArn } = engine.start({ input: { caseId: 'c-1' } });
    await Promise.all([happened('submitted', 'Ask manager'), happened('submitted', 'Ask security')]);
    for (const [index, call] of (calls.ask ?? []).entries()) engine.sendTaskSuccess(tokenIn(call), index);

    expect((await engine.waitForEnd(executionArn)).output).toEqual([0, 1]);
  });

  test('the context object tells who runs, what and since when', async () => {
    const { engine } = workbench(
      flow({
        Tell: {
          Type: 'Pass',
          Parameters: {
            'id.$': '$$.Execution.Id',
            'name.$': '$$.Execution.Name',
            'start.$': '$$.Execution.StartTime',
            'machine.$': '$$.StateMachine.Id',
            'state.$': '$$.State.Name',
            'entered.$': '$$.State.EnteredTime',
            'text.$': "States.Format('{}/{}', $$.Execution.Name, $$.State.Name)",
          },
        },
      }),
      {},
    );

    const started = engine.start({ name: 'told', input: {} });
    const { output } = await engine.waitForEnd(started.executionArn);

    expect(output).toEqual({
      id: started.executionArn,
      name: 'told',
      start: new Date(started.startedAt).toISOString(),
      machine: engine.stateMachine.arn,
      state: 'Tell',
      entered: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      text: 'told/Tell',
    });
  });
});

describe('starting, stopping and listing', () => {
  const waiting = flow({ 'Wait for last working moment': { Type: 'Wait', Seconds: 3600 } });

  test('the same name and input are the same execution while it runs; other input is refused', () => {
    const { engine } = workbench(waiting, {});
    const first = engine.start({ name: 'case-1', input: { a: 1 } });

    expect(engine.start({ name: 'case-1', input: { a: 1 } })).toEqual(first);
    expect(() => engine.start({ name: 'case-1', input: { a: 2 } })).toThrow(
      expect.objectContaining({ code: 'ExecutionAlreadyExists' }),
    );
    expect(engine.list()).toHaveLength(1);
  });

  test('a name that has ended is not used again', async () => {
    const { engine } = workbench(flow({ Done: { Type: 'Succeed' } }), {});
    await engine.waitForEnd(engine.start({ name: 'case-1', input: {} }).executionArn);

    expect(() => engine.start({ name: 'case-1', input: {} })).toThrow(
      expect.objectContaining({ code: 'ExecutionAlreadyExists' }),
    );
  });

  test.each(['', '../case', 'a b', 'x'.repeat(81)])('the name %j is refused', (name) => {
    const { engine } = workbench(waiting, {});

    expect(() => engine.start({ name, input: {} })).toThrow(expect.objectContaining({ code: 'InvalidName' }));
  });

  test('a stopped execution is aborted with the reason given, and does nothing more', async () => {
    const { engine, calls } = workbench(
      flow({ Wait: { Type: 'Wait', Seconds: 1 }, 'Delete account': task('deleteAccount', {}) }),
      { deleteAccount: () => null },
    );
    const { executionArn } = engine.start({ input: {} });

    engine.stop(executionArn, { error: 'Withdrawn', cause: 'by HR' });
    await new Promise((resolve) => setTimeout(resolve, 1200));

    expect(engine.describe(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Withdrawn', cause: 'by HR' });
    expect(calls).toEqual({});
  });

  test('executions are listed newest first and by status', async () => {
    const { engine } = workbench(waiting, {});
    for (const name of ['one', 'two', 'three']) engine.start({ name, input: {} });
    engine.stop(engine.list()[0]?.executionArn ?? '', {});

    expect(engine.list().map(({ name }) => name)).toEqual(['three', 'two', 'one']);
    expect(engine.list({ statusFilter: 'RUNNING' }).map(({ name }) => name)).toEqual(['two', 'one']);
  });

  test('an execution that nobody started does not exist', () => {
    const { engine } = workbench(waiting, {});

    expect(() => engine.describe('arn:nothing')).toThrow(expect.objectContaining({ code: 'ExecutionDoesNotExist' }));
  });
});
