import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../../local/aws/step-functions/engine.ts';
import { flow, named, STATE_MACHINE_ARN, task, tokenIn, tokenTask, workbench } from './workbench.ts';

const never = () => new Promise<never>(() => undefined);

describe('after a restart', () => {
  test('a completed task is not repeated, one that was under way is called again', async () => {
    let isHanging = true;
    const bench = workbench(flow({ 'Open case': task('openCase', {}), 'Disable account': task('disable', {}) }), {
      openCase: () => ({ caseId: 'c-1' }),
      disable: () => (isHanging ? never() : 'disabled'),
    });
    const { executionArn } = bench.engine.start({ input: {} });
    await bench.happened('scheduled', 'Disable account');
    isHanging = false;

    const engine = await bench.restart();
    const end = await engine.waitForEnd(executionArn);

    expect(end).toMatchObject({ status: 'SUCCEEDED', output: 'disabled' });
    expect(bench.calls).toEqual({ openCase: [{}], disable: [{ caseId: 'c-1' }, { caseId: 'c-1' }] });
  });

  test('a result that was written down but not yet acted upon leads on as it would have', async () => {
    const bench = workbench(
      flow({
        Disable: task('disable', { ResultPath: '$.result' }),
        'Which?': { Type: 'Choice', Choices: [{ Variable: '$.result.ok', BooleanEquals: true, Next: 'Seal' }] },
        Seal: task('seal', {}),
      }),
      { disable: () => ({ ok: true }), seal: never },
    );
    const { executionArn } = bench.engine.start({ name: 'case-1', input: { caseId: 'c-1' } });
    await bench.happened('scheduled', 'Seal');
    await bench.engine.close();
    cutAfter(bench.folder, 'case-1', (record) => record.kind === 'succeeded');

    const engine = await bench.restart();
    await settled();

    expect(bench.calls.disable).toHaveLength(1);
    expect(bench.calls.seal).toEqual([
      { caseId: 'c-1', result: { ok: true } },
      { caseId: 'c-1', result: { ok: true } },
    ]);
    expect(engine.describe(executionArn).status).toBe('RUNNING');
  });

  test('a failure that was written down but not yet caught is caught', async () => {
    const bench = workbench(
      flow({
        Disable: task('disable', { Catch: [{ ErrorEquals: ['Gone'], Next: 'Park' }], Next: 'Never' }),
        Park: task('park', { Next: 'Done' }),
        Never: { Type: 'Fail' },
        Done: { Type: 'Succeed' },
      }),
      { disable: () => Promise.reject(named('Gone', 'no such user')), park: () => 'parked' },
    );
    const { executionArn } = bench.engine.start({ name: 'case-1', input: {} });
    await bench.engine.waitForEnd(executionArn);
    await bench.engine.close();
    cutAfter(bench.folder, 'case-1', (record) => record.kind === 'failed');

    const engine = await bench.restart();

    expect((await engine.waitForEnd(executionArn)).output).toBe('parked');
    expect(bench.calls.disable).toHaveLength(1);
  });

  test('an outstanding token stays the same, and the function that sent it is not called again', async () => {
    const bench = workbench(flow({ Ask: tokenTask('ask', {}) }), { ask: () => null });
    const { executionArn } = bench.engine.start({ input: {} });
    await bench.happened('submitted');

    const engine = await bench.restart();
    await settled();
    engine.sendTaskSuccess(tokenIn(bench.calls.ask?.[0]), 'approved');

    expect((await engine.waitForEnd(executionArn)).output).toBe('approved');
    expect(bench.calls.ask).toHaveLength(1);
  });

  test('a function that had not answered is called again with the same token', async () => {
    let isHanging = true;
    const bench = workbench(flow({ Ask: tokenTask('ask', {}) }), { ask: () => (isHanging ? never() : null) });
    const { executionArn } = bench.engine.start({ input: {} });
    await bench.happened('scheduled');
    isHanging = false;

    const engine = await bench.restart();
    await bench.happened('submitted');
    const [first, second] = (bench.calls.ask ?? []).map(tokenIn);
    engine.sendTaskSuccess(first ?? '', 'approved');

    expect(second).toBe(first);
    expect((await engine.waitForEnd(executionArn)).output).toBe('approved');
  });

  test('an answer that came in before the executions were taken up again is not lost', async () => {
    const bench = workbench(flow({ Ask: tokenTask('ask', {}), Seal: task('seal', {}) }), {
      ask: () => null,
      seal: () => 'sealed',
    });
    const { executionArn } = bench.engine.start({ input: {} });
    await bench.happened('submitted');
    await bench.engine.close();
    const engine = createEngine({
      stateMachineArn: STATE_MACHINE_ARN,
      definition: bench.engine.stateMachine.definition,
      folder: bench.folder,
      invoke: async () => 'sealed',
    });

    engine.sendTaskSuccess(tokenIn(bench.calls.ask?.[0]), 'approved');
    await engine.resume();

    expect((await engine.waitForEnd(executionArn)).output).toBe('sealed');
    expect(bench.calls.ask).toHaveLength(1);
  });

  test('a token’s deadline counts from when it was handed out', async () => {
    const bench = workbench(flow({ Ask: tokenTask('ask', { TimeoutSeconds: 600 }) }), { ask: () => null });
    const { executionArn } = bench.engine.start({ name: 'case-1', input: {} });
    await bench.happened('submitted');
    await bench.engine.close();
    rewrite(bench.folder, 'case-1', (record) => ({ ...record, at: record.at - 700_000 }));

    const engine = await bench.restart();
    const end = await engine.waitForEnd(executionArn);

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(() => engine.sendTaskSuccess(tokenIn(bench.calls.ask?.[0]), {})).toThrow(
      expect.objectContaining({ code: 'TaskTimedOut' }),
    );
  });

  test('a wait goes on from where it was, given in seconds or as a path', async () => {
    const bench = workbench(
      flow({
        Hold: { Type: 'Wait', Seconds: 600 },
        'Hold more': { Type: 'Wait', SecondsPath: '$.policy.holdSeconds' },
      }),
      {},
    );
    const { executionArn } = bench.engine.start({ name: 'case-1', input: { policy: { holdSeconds: 600 } } });
    await bench.happened('entered', 'Hold');
    await bench.engine.close();
    rewrite(bench.folder, 'case-1', (record) => ({ ...record, at: record.at - 600_000 }));
    await bench.restart();
    await bench.happened('entered', 'Hold more');
    await bench.engine.close();
    rewrite(bench.folder, 'case-1', (record) => ({ ...record, at: record.at - 600_000 }));

    const engine = await bench.restart();

    expect((await engine.waitForEnd(executionArn)).status).toBe('SUCCEEDED');
  });

  test('a wait that is not over still waits', async () => {
    const bench = workbench(flow({ Hold: { Type: 'Wait', Seconds: 600 }, Delete: task('delete', {}) }), {
      delete: () => null,
    });
    const { executionArn } = bench.engine.start({ input: {} });
    await bench.happened('entered', 'Hold');

    const engine = await bench.restart();
    await settled();

    expect(engine.describe(executionArn).status).toBe('RUNNING');
    expect(bench.calls).toEqual({});
  });

  test('side by side, only the branch that was not done is taken up', async () => {
    const bench = workbench(
      flow({
        Both: { Type: 'Parallel', Branches: [flow({ Ask: tokenTask('ask', {}) }), flow({ Mail: task('mail', {}) })] },
      }),
      { ask: () => null, mail: () => 'sent' },
    );
    const { executionArn } = bench.engine.start({ input: {} });
    await Promise.all([bench.happened('submitted', 'Ask'), bench.happened('succeeded', 'Mail')]);

    const engine = await bench.restart();
    await settled();
    engine.sendTaskSuccess(tokenIn(bench.calls.ask?.[0]), 'yes');

    expect((await engine.waitForEnd(executionArn)).output).toEqual(['yes', 'sent']);
    expect([bench.calls.ask, bench.calls.mail].map((calls) => calls?.length)).toEqual([1, 1]);
  });

  test('items of a Map that were done are not done again', async () => {
    let isHanging = true;
    const bench = workbench(
      flow({ Each: { Type: 'Map', ItemsPath: '$.users', ItemProcessor: flow({ Disable: task('disable', {}) }) } }),
      { disable: (user) => (isHanging && user === 'b' ? never() : `${user} disabled`) },
    );
    const { executionArn } = bench.engine.start({ input: { users: ['a', 'b', 'c'] } });
    await expect.poll(() => bench.events.filter(({ kind }) => kind === 'succeeded').length).toBe(2);
    isHanging = false;

    const engine = await bench.restart();

    expect((await engine.waitForEnd(executionArn)).output).toEqual(['a disabled', 'b disabled', 'c disabled']);
    expect(bench.calls.disable).toEqual(['a', 'b', 'c', 'b']);
  });

  test('times in the context object are those of the first run', async () => {
    const bench = workbench(
      flow({
        Ask: tokenTask('ask', {
          TimeoutSeconds: 600,
          Parameters: {
            FunctionName: 'arn:aws:lambda:eu-central-1:000000000000:function:ask',
            Payload: {
              'token.$': '$$.Task.Token',
              'times.$': 'States.Array($$.Execution.StartTime, $$.State.EnteredTime)',
            },
          },
        }),
      }),
      { ask: never },
    );
    bench.engine.start({ input: {} });
    await bench.happened('scheduled');
    await settled();

    await bench.restart();
    await expect.poll(() => bench.calls.ask?.length).toBe(2);

    expect(bench.calls.ask?.[1]).toEqual(bench.calls.ask?.[0]);
  });

  test('an execution that has ended stays ended, and its name stays taken', async () => {
    const bench = workbench(flow({ Seal: task('seal', {}) }), { seal: () => 'sealed' });
    const { executionArn } = bench.engine.start({ name: 'case-1', input: {} });
    await bench.engine.waitForEnd(executionArn);

    const engine = await bench.restart();

    expect(engine.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'sealed' });
    expect(() => engine.start({ name: 'case-1', input: {} })).toThrow(
      expect.objectContaining({ code: 'ExecutionAlreadyExists' }),
    );
    expect(bench.calls.seal).toHaveLength(1);
  });

  test('a last line that the crash cut short is left out', async () => {
    const bench = workbench(flow({ Ask: tokenTask('ask', {}) }), { ask: () => null });
    const { executionArn } = bench.engine.start({ name: 'case-1', input: {} });
    await bench.happened('submitted');
    await bench.engine.close();
    appendFileSync(journalOf(bench.folder, 'case-1'), '{"kind":"succee');

    const engine = await bench.restart();
    engine.sendTaskSuccess(tokenIn(bench.calls.ask?.[0]), 'approved');
    await engine.waitForEnd(executionArn);

    expect((await bench.restart()).describe(executionArn).output).toBe('approved');
  });

  test('a state that the definition has lost fails the execution by its name', async () => {
    const bench = workbench(flow({ Old: tokenTask('ask', {}) }), { ask: () => null });
    const { executionArn } = bench.engine.start({ input: {} });
    await bench.happened('submitted');
    await bench.engine.close();
    const definition = flow({ New: { Type: 'Succeed' } });
    const invoke = async () => null;
    const engine = createEngine({ stateMachineArn: STATE_MACHINE_ARN, definition, folder: bench.folder, invoke });

    await engine.resume();

    expect(engine.describe(executionArn)).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('"Old"') });
  });
});

test('closing ends no execution and calls nothing any more, and waiting for one is refused', async () => {
  const { engine, calls, happened } = workbench(
    flow({ Disable: task('disable', { Retry: [{ ErrorEquals: ['States.ALL'] }] }) }),
    { disable: () => Promise.reject(new Error('away')) },
    { retryIntervalMs: () => 30 },
  );
  const { executionArn } = engine.start({ input: {} });
  await happened('failed');
  const end = engine.waitForEnd(executionArn);

  await engine.close();
  await expect(end).rejects.toMatchObject({ code: 'ServiceUnavailable' });
  await new Promise((resolve) => setTimeout(resolve, 60));

  expect(engine.describe(executionArn).status).toBe('RUNNING');
  expect(calls.disable).toHaveLength(1);
});

/** Long enough for everything that can go on without waiting to have gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

type Line = { kind: string; at: number };

function journalOf(folder: string, name: string): string {
  return join(folder, 'executions', `${name}.jsonl`);
}

function rewrite(folder: string, name: string, change: (record: Line) => Line): void {
  const lines = readFileSync(journalOf(folder, name), 'utf8').trim().split('\n');
  writeFileSync(journalOf(folder, name), lines.map((line) => `${JSON.stringify(change(JSON.parse(line)))}\n`).join(''));
}

/** As if the process had been killed right after the first record of that kind. */
function cutAfter(folder: string, name: string, isLast: (record: Line) => boolean): void {
  const lines = readFileSync(journalOf(folder, name), 'utf8').trim().split('\n');
  const end = lines.findIndex((line) => isLast(JSON.parse(line)));
  writeFileSync(
    journalOf(folder, name),
    lines
      .slice(0, end + 1)
      .map((line) => `${line}\n`)
      .join(''),
  );
}
