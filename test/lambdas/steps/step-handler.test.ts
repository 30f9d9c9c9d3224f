import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { NotProvenError } from '../../../lambdas/steps/errors.ts';
import { caseEventSchema, stepHandler } from '../../../lambdas/steps/step-handler.ts';

const CONTEXT: Context = {
  awsRequestId: 'request-1',
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'DisableAccount',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:DisableAccount',
  logGroupName: 'group',
  logStreamName: 'stream',
  memoryLimitInMB: '256',
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
  getRemainingTimeInMillis: () => 10_000,
};

const EVENT = {
  executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:Offboarding:first',
  taskToken: 'a-task-token',
  state: { caseId: 'case-1', displayName: 'Jane Doe', workEmail: 'jane.doe@example.com' },
};

/** A logger whose lines can be read. */
function readableLogger() {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  const lines: string[] = [];
  for (const level of ['info', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => lines.push(line));
  }
  onTestFinished(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  return { logger: new Logger({ serviceName: 'test' }), lines };
}

test('the log tells which step, which case, how it ended and how long it took, and nothing of the payload', async () => {
  const { logger, lines } = readableLogger();
  const run = async () => ({ caseId: 'case-1', route: 'disabled' });
  const handler = stepHandler({ name: 'Disable account', logger, event: caseEventSchema, run });

  await handler(EVENT, CONTEXT);

  const [started, completed] = lines.map((line) => JSON.parse(line));
  expect(started).toMatchObject({ message: 'step started', step: 'Disable account', caseId: 'case-1' });
  expect(completed).toMatchObject({
    message: 'step completed',
    caseId: 'case-1',
    route: 'disabled',
    durationMs: expect.any(Number),
  });
  expect(lines.join()).not.toMatch(/Jane|example\.com|a-task-token/);
});

test('a step that fails says so by name and message, without its cause, and the error goes on to the workflow', async () => {
  const { logger, lines } = readableLogger();
  const failure = new NotProvenError('still listed as enabled', { cause: new Error('jane.doe@example.com') });
  const handler = stepHandler({
    name: 'Disable account',
    logger,
    event: caseEventSchema,
    run: () => Promise.reject(failure),
  });

  await expect(handler(EVENT, CONTEXT)).rejects.toBe(failure);

  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    level: 'ERROR',
    message: 'step failed',
    errorName: 'NotProvenError',
    errorMessage: 'still listed as enabled',
  });
  expect(lines.join()).not.toMatch(/Jane|example\.com|a-task-token/);
});

test('an event of another shape reaches no step, and its values are not told', async () => {
  const { logger } = readableLogger();
  let isRun = false;
  const run = async () => {
    isRun = true;
  };
  const handler = stepHandler({ name: 'Disable account', logger, event: caseEventSchema, run });
  const failing = handler({ executionArn: 7, state: { caseId: ['jane.doe@example.com'] } }, CONTEXT);

  await expect(failing).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining('jane.doe') }));
  expect(isRun).toBe(false);
});

test('what one invocation logged about its case does not stick to the next', async () => {
  const { logger, lines } = readableLogger();
  const handler = stepHandler({ name: 'Disable account', logger, event: caseEventSchema, run: async () => undefined });
  await handler(EVENT, CONTEXT);
  lines.length = 0;

  logger.info('between two invocations');

  expect(JSON.parse(lines[0] ?? '')).not.toHaveProperty('caseId');
});
