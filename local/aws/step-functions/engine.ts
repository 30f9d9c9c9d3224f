import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import type { StartCache } from '../../synthesis/start-cache.ts';
import { AwsError } from '../protocol/aws-error.ts';
import type { EngineEvent, ExecutionDescription, ExecutionStatus, ExecutionSummary } from './execution.ts';
import { openExecutionStore } from './execution-store.ts';
import { type HistoryEvent, historyOf } from './history.ts';
import type { Outcome } from './journal.ts';
import type { JsonValue } from './json-value.ts';
import { assertTokensKept } from './kept-tokens.ts';
import { endExecution, launchExecution } from './launch-execution.ts';
import { installLongTimers } from './long-timers.ts';
import { findOpenTask } from './open-task.ts';
import { prepareDefinition } from './prepared-definition.ts';
import type { RetryPace } from './retry-pace.ts';
import type { Invoke } from './task-runner.ts';
import { openTaskTokens } from './task-tokens.ts';
import { validateDefinition } from './validate-definition.ts';

export interface EngineOptions {
  readonly stateMachineArn: string;
  /** The deployed definition, with its references resolved. */
  readonly definition: StateMachineDefinition;
  readonly invoke: Invoke;
  /** Where journals and task tokens are kept; one engine at a time. */
  readonly folder: string;
  /** Remembers definitions that were found valid. */
  readonly cache?: StartCache;
  /** Replaces the pause before each retry, for tests. */
  readonly retryIntervalMs?: RetryPace;
  /** The story of the run, as it happens. */
  readonly onEvent?: (event: EngineEvent) => void;
}

export interface Engine {
  readonly stateMachine: {
    readonly arn: string;
    readonly name: string;
    readonly roleArn: string;
    readonly definition: StateMachineDefinition;
    readonly createdAt: number;
  };
  /**
   * Starts an execution, or returns the running one of the same name and input.
   * @throws AwsError ExecutionAlreadyExists, InvalidName
   */
  start(request: { readonly name?: string | undefined; readonly input: JsonValue }): ExecutionSummary;
  /** Ends an execution as ABORTED. One that has ended stays as it is. */
  stop(
    executionArn: string,
    reason: { readonly error?: string | undefined; readonly cause?: string | undefined },
  ): ExecutionSummary;
  /** Newest first. */
  list(filter?: { readonly statusFilter?: ExecutionStatus | undefined }): ExecutionSummary[];
  /** @throws AwsError ExecutionDoesNotExist, as all that take an ARN. */
  describe(executionArn: string): ExecutionDescription;
  history(executionArn: string): HistoryEvent[];
  /** Whether a token was handed out here, be its task over or not. */
  hasMinted(token: string): boolean;
  /** @throws AwsError InvalidToken, TaskDoesNotExist, TaskTimedOut (also when the task is over), as all that take a token. */
  sendTaskSuccess(token: string, output: JsonValue): void;
  sendTaskFailure(
    token: string,
    failure: { readonly error?: string | undefined; readonly cause?: string | undefined },
  ): void;
  sendTaskHeartbeat(token: string): void;
  /** Takes up every execution that was running when the engine was last closed or killed. */
  resume(): Promise<void>;
  /** Stops all work in this process. Executions are not ended by it: `resume` takes them up next time. */
  close(): Promise<void>;
  /** The end of an execution; rejects with AwsError ServiceUnavailable if the engine is closed before it. */
  waitForEnd(executionArn: string): Promise<ExecutionDescription>;
}

/** Names that AWS accepts, without those that would not do as a file's name. */
const EXECUTION_NAME = /^[\w.+!@()=-]{1,80}$/;

/**
 * A stand-in for Step Functions that runs one definition on this machine and survives being killed: each step is
 * written to the execution's journal before the next is taken.
 * @throws UnsupportedConstructError if the definition has something that would not run as on AWS.
 * @throws DataFileError naming a file that is damaged.
 */
export function createEngine(options: EngineOptions): Engine {
  const { stateMachineArn, definition, onEvent } = options;
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  validateDefinition(definition, options.cache);
  const prepared = prepareDefinition(definition);
  installLongTimers();

  const name = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
  const roleArn = `arn:aws:iam::${stateMachineArn.split(':')[4] ?? ''}:role/${name}`;
  const executions = openExecutionStore({ stateMachineArn, folder: join(options.folder, 'executions'), onEvent });
  const tokenFile = join(options.folder, 'task-tokens.jsonl');
  const tokens = openTaskTokens(tokenFile);
  assertTokensKept(tokenFile, tokens, executions);
  const launching = {
    prepared,
    roleArn,
    tokens,
    invoke: options.invoke,
    retryIntervalMs: options.retryIntervalMs,
    stateMachine: { Id: stateMachineArn, Name: name },
    timeoutSeconds: definition.TimeoutSeconds,
  };
  const closing = Promise.withResolvers<never>();
  closing.promise.catch(() => undefined);
  let isClosed = false;

  function refuseIfClosed(): void {
    if (isClosed) throw new AwsError('ServiceUnavailable', 'the engine is closed', 503);
  }

  function settle(token: string, outcomeOf: (place: Pick<Outcome, 'at' | 'state' | 'attempt'>) => Outcome): void {
    refuseIfClosed();
    const { execution, attempt } = findOpenTask(token, tokens, executions);
    const outcome = outcomeOf({ at: Date.now(), state: attempt.state, attempt: attempt.id });
    if (execution.run === undefined) execution.append(outcome);
    else execution.run.settle(outcome);
  }

  return {
    stateMachine: { arn: stateMachineArn, name, roleArn, definition, createdAt: Date.now() },
    start: ({ name: executionName = randomUUID(), input }) => {
      refuseIfClosed();
      if (!EXECUTION_NAME.test(executionName)) {
        throw new AwsError('InvalidName', `Invalid Name: 1 to 80 letters, digits and any of "-_.+!@()=" are allowed`);
      }
      const known = executions.named(executionName);
      if (known !== undefined) {
        if (known.isRunning() && isDeepStrictEqual(known.started.input, input)) return known.summary();
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
      }
      const execution = executions.add({ kind: 'started', at: Date.now(), name: executionName, input });
      launchExecution(execution, launching);
      return execution.summary();
    },
    stop: (executionArn, reason) => {
      const execution = executions.at(executionArn);
      if (execution.isRunning()) endExecution(execution, { status: 'ABORTED', ...reason });
      return execution.summary();
    },
    list: ({ statusFilter } = {}) => {
      const newestFirst = executions.all().reverse();
      const summaries = newestFirst.map((execution) => execution.summary());
      return summaries.filter(({ status }) => statusFilter === undefined || status === statusFilter);
    },
    describe: (executionArn) => executions.at(executionArn).description(),
    history: (executionArn) => historyOf(executions.at(executionArn).records, prepared, roleArn),
    hasMinted: (token) => tokens.ownerOf(token) !== undefined,
    sendTaskSuccess: (token, output) => settle(token, (place) => ({ kind: 'succeeded', ...place, output })),
    sendTaskFailure: (token, { error = 'States.TaskFailed', cause = '' }) =>
      settle(token, (place) => ({ kind: 'failed', ...place, error, cause })),
    sendTaskHeartbeat: (token) => void findOpenTask(token, tokens, executions),
    resume: async () => {
      refuseIfClosed();
      for (const execution of executions.all()) {
        if (!execution.isRunning() || execution.run !== undefined) continue;
        execution.append({ kind: 'resumed', at: Date.now() });
        launchExecution(execution, launching);
      }
    },
    close: async () => {
      isClosed = true;
      closing.reject(new AwsError('ServiceUnavailable', 'the engine was closed', 503));
      const runs = executions.all().flatMap(({ run }) => run ?? []);
      for (const run of runs) run.halt();
      await Promise.all(runs.map(({ ending }) => ending));
    },
    waitForEnd: (executionArn) => Promise.race([executions.at(executionArn).whenEnded, closing.promise]),
  };
}
