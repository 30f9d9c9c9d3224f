import { expect, test } from 'vitest';
import { endingEventSchema } from '../../../lambdas/steps/ending-event.ts';

const event = (state: Record<string, unknown>) => ({ executionArn: 'arn', state });
const failureIn = (failure: Record<string, unknown>) => endingEventSchema.parse(event({ failure })).state.failure;

test('what a Catch left is read as the state, the error and Lambda’s message without its stack', () => {
  const Cause = JSON.stringify({
    errorType: 'LastPassUnauthorizedError',
    errorMessage: 'store the current hash',
    trace: ['LastPassUnauthorizedError: …', 'at /var/task/index.mjs:1:1'],
  });

  expect(failureIn({ disableAccount: { Error: 'LastPassUnauthorizedError', Cause } })).toEqual({
    state: 'Disable account',
    error: 'LastPassUnauthorizedError',
    message: 'store the current hash',
  });
});

test.each([
  ['text from the service itself', 'Task timed out after 150 seconds', 'Task timed out after 150 seconds'],
  ['no cause at all', undefined, ''],
  ['JSON of another shape', '{"status":500}', '{"status":500}'],
])('%s is kept as it is', (_what, Cause, message) => {
  expect(failureIn({ openCase: { Error: 'States.Timeout', Cause } })).toMatchObject({ state: 'Open case', message });
});

test('an ending without failure has none, and keeps what the workflow knew', () => {
  expect(endingEventSchema.parse(event({ caseId: 'case-1', route: 'duplicate', runBy: 'other' })).state).toEqual({
    caseId: 'case-1',
    route: 'duplicate',
    runBy: 'other',
  });
});
