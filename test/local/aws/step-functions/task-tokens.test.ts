import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../../local/aws/step-functions/engine.ts';
import { flow, named, tokenIn, tokenTask, workbench } from './workbench.ts';

const approval = flow({
  'Request approval': tokenTask('requestApproval', {
    Catch: [{ ErrorEquals: ['Rejected'], ResultPath: '$.fault', Next: 'Stays disabled' }],
    Next: 'Done',
  }),
  Done: { Type: 'Succeed' },
  'Stays disabled': { Type: 'Succeed' },
});

describe('a task that waits for its token', () => {
  test('goes on with what the token is answered with, not with what the function returned', async () => {
    const { engine, calls, happened } = workbench(approval, { requestApproval: () => 'mail sent' });
    const { executionArn } = engine.start({ input: {} });
    await happened('submitted');

    engine.sendTaskSuccess(tokenIn(calls.requestApproval?.[0]), { choice: '0' });

    expect(await engine.waitForEnd(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: { choice: '0' } });
  });

  test('may be answered before the function has returned', async () => {
    let engine: Engine | undefined;
    const bench = workbench(approval, {
      requestApproval: (payload) => {
        engine?.sendTaskSuccess(tokenIn(payload), 'quick');
        return null;
      },
    });
    engine = bench.engine;

    expect(await engine.waitForEnd(engine.start({ input: {} }).executionArn)).toMatchObject({ output: 'quick' });
    expect(bench.events.map(({ kind }) => kind)).not.toContain('submitted');
  });

  test('fails with the error and cause that the token is answered with', async () => {
    const { engine, calls, happened } = workbench(approval, { requestApproval: () => null });
    const { executionArn } = engine.start({ input: {} });
    await happened('submitted');

    engine.sendTaskFailure(tokenIn(calls.requestApproval?.[0]), { error: 'Rejected', cause: 'not a leaver' });

    const { output } = await engine.waitForEnd(executionArn);
    expect(output).toEqual({ fault: { Error: 'Rejected', Cause: 'not a leaver' } });
  });

  test('fails when its function fails', async () => {
    const { engine } = workbench(approval, {
      requestApproval: () => Promise.reject(named('MailError', 'the mail server is away')),
    });

    const end = await engine.waitForEnd(engine.start({ input: {} }).executionArn);

    expect(end).toMatchObject({ status: 'FAILED', error: 'MailError' });
  });

  test('is still waiting as long as a heartbeat is accepted', async () => {
    const { engine, calls, happened } = workbench(approval, { requestApproval: () => null });
    engine.start({ input: {} });
    await happened('submitted');
    const token = tokenIn(calls.requestApproval?.[0]);

    expect(() => engine.sendTaskHeartbeat(token)).not.toThrow();
    engine.sendTaskSuccess(token, {});
    expect(() => engine.sendTaskHeartbeat(token)).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
  });
});

describe('a token', () => {
  test('is answered once: the second answer is told that the task is over', async () => {
    const { engine, calls, happened } = workbench(approval, { requestApproval: () => null });
    const { executionArn } = engine.start({ input: {} });
    await happened('submitted');
    const token = tokenIn(calls.requestApproval?.[0]);
    engine.sendTaskSuccess(token, 'first');

    expect(() => engine.sendTaskSuccess(token, 'second')).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
    expect((await engine.waitForEnd(executionArn)).output).toBe('first');
  });

  test('of a stopped execution, of a timed out task, of nobody, and no token at all are told apart', async () => {
    const { engine, calls, happened } = workbench(
      flow({ 'Request approval': tokenTask('requestApproval', { TimeoutSeconds: 1 }) }),
      { requestApproval: () => null },
    );
    const first = engine.start({ input: {} });
    await happened('submitted');
    engine.stop(first.executionArn, {});
    await engine.waitForEnd(engine.start({ input: {} }).executionArn);
    const [stopped, timedOut] = (calls.requestApproval ?? []).map(tokenIn);
    const refusal = (code: string) => expect.objectContaining({ code });

    expect(() => engine.sendTaskSuccess(stopped ?? '', {})).toThrow(refusal('TaskTimedOut'));
    expect(() => engine.sendTaskSuccess(timedOut ?? '', {})).toThrow(refusal('TaskTimedOut'));
    expect(() => engine.sendTaskSuccess('A'.repeat(64), {})).toThrow(refusal('TaskDoesNotExist'));
    expect(() => engine.sendTaskSuccess('guess', {})).toThrow(refusal('InvalidToken'));
  });

  test('is a different one for each of fifty executions at once, and each wakes its own', async () => {
    const { engine, calls, events } = workbench(approval, { requestApproval: () => null });
    const started = Array.from({ length: 50 }, (_, index) => engine.start({ name: `case-${index}`, input: { index } }));
    await expect.poll(() => events.filter(({ kind }) => kind === 'submitted').length).toBe(50);
    const requests = calls.requestApproval ?? [];
    expect(new Set(requests.map(tokenIn)).size).toBe(50);

    for (const request of [...requests].reverse()) engine.sendTaskSuccess(tokenIn(request), request);
    const ends = await Promise.all(started.map(({ executionArn }) => engine.waitForEnd(executionArn)));

    expect(ends.map(({ output }) => output)).toEqual(
      started.map((_, index) => expect.objectContaining({ input: { index } })),
    );
  });

  test('is a new one for each retry, and the one before is over', async () => {
    const { engine, calls, happened } = workbench(
      flow({
        Ask: tokenTask('ask', { Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 1 }], Next: 'Done' }),
        Done: { Type: 'Succeed' },
      }),
      { ask: () => null },
      { retryIntervalMs: () => 0 },
    );
    const { executionArn } = engine.start({ input: {} });
    await happened('submitted');
    const first = tokenIn(calls.ask?.[0]);
    engine.sendTaskFailure(first, { error: 'Again' });
    await expect.poll(() => calls.ask?.length).toBe(2);
    const second = tokenIn(calls.ask?.[1]);

    expect(second).not.toBe(first);
    expect(() => engine.sendTaskSuccess(first, {})).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
    engine.sendTaskSuccess(second, 'at last');
    expect((await engine.waitForEnd(executionArn)).output).toBe('at last');
  });

  test('stands in one file that only its owner may read, and in no journal and no history', async () => {
    const { engine, calls, happened, folder } = workbench(approval, { requestApproval: () => null });
    const { executionArn } = engine.start({ name: 'case-1', input: {} });
    await happened('submitted');
    const token = tokenIn(calls.requestApproval?.[0]);
    const tokenFile = join(folder, 'task-tokens.jsonl');

    expect(readFileSync(tokenFile, 'utf8')).toContain(token);
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'executions'))).toEqual(['case-1.jsonl']);
    expect(readFileSync(join(folder, 'executions', 'case-1.jsonl'), 'utf8')).not.toContain(token);
    expect(JSON.stringify(engine.history(executionArn))).not.toContain(token);
    expect(JSON.stringify(engine.history(executionArn))).toContain('[task token]');
  });
});
