import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  IntegrationPattern,
  JitterType,
  JsonPath,
  type RetryProps,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** Longer than any step's own Lambda timeout (two minutes), so that a slow step is seen as its own error first. */
const STEP_TIMEOUT = Duration.seconds(150);

/** Errors that trying again cannot mend: a person must look, and the sooner the better. */
const NEVER_RETRIED = [
  'LastPassRefusedError',
  'LastPassUnexpectedAnswerError',
  'LastPassWrongAddressError',
  'AccountAnomalyError',
  'DecisionMissingError',
  'ActiveAgainError',
  'FolderOrphanedError',
  'QuorumIncompleteError',
  'NobodyMayDecideError',
  'SupersededError',
  'CaseNotFoundError',
  'CaseOutOfOrderError',
  'EnvironmentError',
];

/** Everything else that can pass by itself (Lambda, DynamoDB, SES, S3): about half an hour, at 30 s apart. */
const OTHER_RETRY: RetryProps = {
  errors: ['States.ALL'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(60),
  maxAttempts: 60,
  jitterStrategy: JitterType.FULL,
};

/**
 * Everybody at LastPass is being read, and an invocation's time was over: no fault, so at once. A try reads for eighty seconds, a
 * hundred pages where LastPass answers as usual; the slowest walk that is worth anything has an hour, after which it begins anew.
 */
const GOING_ON: RetryProps = {
  errors: ['DirectoryReadUnfinishedError'],
  interval: Duration.seconds(1),
  backoffRate: 1,
  maxAttempts: 40,
};

const RETRIES: readonly RetryProps[] = [
  { errors: NEVER_RETRIED, maxAttempts: 0 },
  GOING_ON,
  {
    // 2 s, 4 s … capped at 60 s with full jitter, so about 30 s apart: 2,880 tries ride out a day of LastPass being
    // away, or of S3, at three history events each well below the limit of 25,000. Alarms ring after minutes.
    errors: ['LastPassUnavailableError', 'ConfigurationUnavailableError'],
    interval: Duration.seconds(2),
    backoffRate: 2,
    maxDelay: Duration.seconds(60),
    maxAttempts: 2880,
    jitterStrategy: JitterType.FULL,
  },
  {
    // LastPass rejected the command, so nothing came of it, and each step looks before it acts. 15 s, 30 s, 1 minute, then 2
    // minutes apart: 32 tries give whoever rotates the hash an hour to put the new one, and whoever finds another configuration
    // document in the place of the deployed one an hour to deploy again. An alarm rings at the first, or the third.
    errors: ['LastPassUnauthorizedError', 'LastPassSecretError', 'ConfigurationRefusedError'],
    interval: Duration.seconds(15),
    backoffRate: 2,
    maxDelay: Duration.minutes(2),
    maxAttempts: 32,
  },
  {
    // An odd answer before anything was written: 10 s, 20 s, 40 s, then a minute apart; 10 tries outlast eight minutes of it,
    // such as a redirect while LastPass is worked upon. An alarm rings at the first.
    errors: ['LookNotUnderstoodError'],
    interval: Duration.seconds(10),
    backoffRate: 2,
    maxDelay: Duration.seconds(60),
    maxAttempts: 10,
  },
  // 5 s, 10 s … 160 s: five minutes for LastPass to show what it took; later than that is not lateness.
  { errors: ['NotProvenError'], interval: Duration.seconds(5), backoffRate: 2, maxAttempts: 6 },
  {
    // Somebody else wrote the case; reading it again settles it. Ten tries outlast any crowd of approvers.
    errors: ['CaseChangedError'],
    interval: Duration.seconds(1),
    backoffRate: 1.5,
    maxAttempts: 10,
    jitterStrategy: JitterType.FULL,
  },
  OTHER_RETRY,
];

/** For the gate, which does not close while deletes are paused. */
const UNTIL_DELETES_RESUME: RetryProps = {
  // Two people resume, which takes hours or a weekend. 10 s, 20 s … capped at an hour with full jitter, so half an hour apart:
  // 1,350 tries wait four weeks, which with notice, approval and hold ends within the execution's year. What waits can be
  // taken back as long, and nobody is asked anew.
  errors: ['DeletesPausedError'],
  interval: Duration.seconds(10),
  backoffRate: 2,
  maxDelay: Duration.hours(1),
  maxAttempts: 1350,
  jitterStrategy: JitterType.FULL,
};

/** For a step that must not hold up the next one: three tries within a few seconds, and ten more minutes to read a large directory. */
const BRIEF_RETRIES: readonly RetryProps[] = [
  { errors: [...NEVER_RETRIED, 'LastPassUnauthorizedError', 'LastPassSecretError'], maxAttempts: 0 },
  { ...GOING_ON, maxAttempts: 7 },
  {
    errors: ['States.ALL'],
    interval: Duration.seconds(1),
    backoffRate: 2,
    maxAttempts: 2,
    jitterStrategy: JitterType.FULL,
  },
];

/** For a step that reads an HR system's API. */
const HR_SYSTEM_RETRIES: readonly RetryProps[] = [
  { errors: ['EnvironmentError'], maxAttempts: 0 },
  {
    // 10 s, 20 s … capped at 15 minutes with full jitter, so seven and a half minutes apart: 200 tries ride out a day.
    errors: ['HrSystemUnavailableError', 'ConfigurationUnavailableError'],
    interval: Duration.seconds(10),
    backoffRate: 2,
    maxDelay: Duration.minutes(15),
    maxAttempts: 200,
    jitterStrategy: JitterType.FULL,
  },
  // 1 minute, 2, 4, 8, 16: half an hour for a new token or a new permission to come through; then a person must look.
  {
    errors: ['HrSystemRefusedError', 'HrApiSecretError', 'ConfigurationRefusedError'],
    interval: Duration.minutes(1),
    backoffRate: 2,
    maxAttempts: 5,
  },
  OTHER_RETRY,
];

const RETRIES_FOR = {
  'as long as it may help': RETRIES,
  'until deletes resume': [UNTIL_DELETES_RESUME, ...RETRIES],
  'a moment': BRIEF_RETRIES,
  'an HR system': HR_SYSTEM_RETRIES,
} as const;

/** What every step is told: who it runs for and the state so far. */
const STEP_INPUT = { executionArn: JsonPath.stringAt('$$.Execution.Id'), state: JsonPath.objectAt('$') };

/** A state that runs one step, with its timeout and retries; the caller adds the way out. */
export function stepTask(
  scope: Construct,
  name: string,
  step: IFunction,
  { retryFor }: { readonly retryFor: keyof typeof RETRIES_FOR } = { retryFor: 'as long as it may help' },
): LambdaInvoke {
  const task = new LambdaInvoke(scope, name, {
    lambdaFunction: step,
    payload: TaskInput.fromObject(STEP_INPUT),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.duration(STEP_TIMEOUT),
  });
  for (const retry of RETRIES_FOR[retryFor]) task.addRetry(retry);
  return task;
}

/**
 * A state that waits for a task token. Its answer is thrown away: whoever holds the token can end the wait, but what
 * was decided is read from the record by the next step.
 */
export function approvalTask(
  scope: Construct,
  name: string,
  approval: { readonly step: IFunction; readonly timeout: Duration },
): LambdaInvoke {
  const task = new LambdaInvoke(scope, name, {
    lambdaFunction: approval.step,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({ ...STEP_INPUT, taskToken: JsonPath.taskToken }),
    resultPath: JsonPath.DISCARD,
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.duration(approval.timeout),
  });
  // An approval that ran out is an outcome; asking for another whole period would be a silent wait.
  task.addRetry({ errors: ['States.Timeout'], maxAttempts: 0 });
  for (const retry of RETRIES) task.addRetry(retry);
  return task;
}
