import { setImmediate } from 'node:timers/promises';
import type { Attempt } from './attempts.ts';
import type { JournalRecord, Outcome } from './journal.ts';
import { type JsonValue, toJsonValue } from './json-value.ts';
import type { PreparedState } from './prepared-definition.ts';
import type { CarriedOver } from './resume-point.ts';
import { readTaskCall, type TaskCall } from './task-call.ts';
import { lambdaFailure, TaskFailure } from './task-failure.ts';
import { mintToken, type TaskTokens } from './task-tokens.ts';
import { unlessHalted } from './unless-halted.ts';

/** Runs a Lambda function's handler; rejects with an Error whose `name` is the error's name. */
export type Invoke = (functionArn: string, payload: JsonValue) => Promise<JsonValue>;

export interface TaskRunnerOptions {
  readonly execution: string;
  /** All attempts of the execution, kept up to date by `append`. */
  readonly attempts: ReadonlyMap<number, Attempt>;
  readonly carriedOver: CarriedOver;
  readonly tokens: TaskTokens;
  readonly append: (record: JournalRecord) => void;
  readonly invoke: Invoke;
  readonly halted: AbortSignal;
}

export interface TaskRunner {
  /** What the interpreter calls in place of a task's resource. */
  run(task: PreparedState, processed: JsonValue): Promise<JsonValue>;
  /** `$$.Task.Token` for the attempt that is about to be made. */
  tokenFor(task: PreparedState): string;
  /** Seconds that the attempt made last may take. */
  timeoutSecondsOf(task: PreparedState): number;
  /** Writes down how an attempt came out and lets the flow go on. */
  settle(outcome: Outcome): void;
  /** The interpreter gave up on a task: its oldest attempt is over. */
  timeOut(state: string): void;
}

type Pending = PromiseWithResolvers<JsonValue> & { readonly state: string };

/**
 * Makes the attempts of one execution's tasks. The interpreter processes a task's input and calls `run` in one
 * synchronous step: a token that was minted while the input was built therefore belongs to the attempt being started.
 */
export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  const { attempts, carriedOver, append, halted } = options;
  const pending = new Map<number, Pending>();
  const mintedTokens = new Map<string, string>();
  const timeouts = new Map<string, number>();

  function tokenFor({ name }: PreparedState): string {
    const earlier = carriedOver.peek(name);
    const known = earlier && options.tokens.tokenOf({ execution: options.execution, attempt: earlier.id });
    const token = known ?? mintedTokens.get(name) ?? mintToken();
    mintedTokens.set(name, token);
    return token;
  }

  function run(task: PreparedState, processed: JsonValue): Promise<JsonValue> {
    const call = readTaskCall(task, processed);
    const key = task.isInsideMap ? `${task.name} ${JSON.stringify(call.input)}` : task.name;
    const token = call.waitsForToken ? tokenFor(task) : undefined;
    mintedTokens.delete(task.name);
    const earlier = carriedOver.take(key);
    timeouts.set(task.name, secondsLeft(call, earlier));
    return unlessHalted(halted, attempt({ task, call, key, token, earlier }));
  }

  async function attempt(start: AttemptStart): Promise<JsonValue> {
    // Lets the journal take in that the state was entered; its events travel in microtasks.
    await setImmediate();
    halted.throwIfAborted();
    const { task, call, earlier } = start;
    if (earlier?.outcome !== undefined) return replay(earlier.outcome);
    const continued = call.waitsForToken ? earlier : undefined;
    const id = continued?.id ?? attempts.size + 1;
    const waiting = { state: task.name, ...Promise.withResolvers<JsonValue>() };
    pending.set(id, waiting);
    if (continued?.isSubmitted !== true) void callFunction(id, start);
    return waiting.promise;
  }

  async function callFunction(id: number, { task, call, key, token }: AttemptStart): Promise<void> {
    const { resource, timeoutSeconds } = call;
    const place = { state: task.name, attempt: id };
    if (token !== undefined && options.tokens.ownerOf(token) === undefined) {
      options.tokens.save(token, { execution: options.execution, attempt: id });
    }
    append({
      kind: 'scheduled',
      at: Date.now(),
      ...place,
      key,
      resource,
      timeoutSeconds,
      input: hide(token, call.input),
    });
    const isOver = () => halted.aborted || !pending.has(id);
    try {
      const answer = toJsonValue(await options.invoke(call.functionArn, call.payload));
      if (isOver()) return;
      if (call.waitsForToken) append({ kind: 'submitted', at: Date.now(), ...place });
      else settle({ kind: 'succeeded', at: Date.now(), ...place, output: call.resultOf(answer) });
    } catch (error) {
      if (!isOver()) settle({ kind: 'failed', at: Date.now(), ...place, ...lambdaFailure(error) });
    }
  }

  function settle(outcome: Outcome): void {
    append(outcome);
    const waiting = pending.get(outcome.attempt);
    pending.delete(outcome.attempt);
    if (outcome.kind === 'succeeded') waiting?.resolve(outcome.output);
    if (outcome.kind === 'failed') waiting?.reject(new TaskFailure(outcome.error, outcome.cause));
  }

  function timeOut(state: string): void {
    const oldest = [...pending].find(([, waiting]) => waiting.state === state);
    if (oldest !== undefined) settle({ kind: 'timedOut', at: Date.now(), state, attempt: oldest[0] });
  }

  return { run, tokenFor, timeoutSecondsOf: ({ name }) => timeouts.get(name) ?? 1, settle, timeOut };
}

interface AttemptStart {
  readonly task: PreparedState;
  readonly call: TaskCall;
  readonly key: string;
  readonly token: string | undefined;
  /** The attempt from before a restart that stands in for this one. */
  readonly earlier: Attempt | undefined;
}

/** A token's deadline counts from when the task was first scheduled; a function that is called again has its time. */
function secondsLeft(call: TaskCall, earlier: Attempt | undefined): number {
  if (earlier?.outcome?.kind === 'timedOut') return 1;
  if (!call.waitsForToken || earlier === undefined) return call.timeoutSeconds;
  const leftMs = earlier.scheduledAt + earlier.timeoutSeconds * 1000 - Date.now();
  return Math.max(1, Math.ceil(leftMs / 1000));
}

function replay(outcome: Outcome): Promise<JsonValue> {
  if (outcome.kind === 'succeeded') return Promise.resolve(outcome.output);
  if (outcome.kind === 'failed') return Promise.reject(new TaskFailure(outcome.error, outcome.cause));
  // Only the interpreter's own timeout is treated as one by Retry and Catch, so it is left to happen once more.
  return new Promise(() => undefined);
}

/** A journal is easily shown around; whoever holds a token decides. */
function hide(token: string | undefined, input: JsonValue): JsonValue {
  return token === undefined ? input : toJsonValue(JSON.parse(JSON.stringify(input).replaceAll(token, '[task token]')));
}
