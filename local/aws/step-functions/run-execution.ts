import { ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import type { EndedRecord, Outcome } from './journal.ts';
import { toJsonValue } from './json-value.ts';
import { innerMachines, type Machine, type PreparedDefinition, type PreparedState } from './prepared-definition.ts';
import type { ResumePoint } from './resume-point.ts';
import { resumedWaits } from './resumed-waits.ts';
import { paceRetries, type RetryPace } from './retry-pace.ts';
import { createTaskRunner, type TaskRunner, type TaskRunnerOptions } from './task-runner.ts';

export interface RunOptions extends Omit<TaskRunnerOptions, 'halted' | 'execution'> {
  readonly prepared: PreparedDefinition;
  readonly point: ResumePoint;
  /** What `$$.Execution` and `$$.StateMachine` show. */
  readonly execution: {
    readonly Id: string;
    readonly Name: string;
    readonly RoleArn: string;
    readonly StartTime: string;
  };
  readonly stateMachine: { readonly Id: string; readonly Name: string };
  readonly retryIntervalMs: RetryPace | undefined;
}

/** An execution being run by the interpreter. */
export interface ExecutionRun {
  /** How it ended; `undefined` when it was halted. */
  readonly ending: Promise<Omit<EndedRecord, 'kind' | 'at'> | undefined>;
  /** Stops everything at once and writes nothing more. */
  halt(): void;
  settle(outcome: Outcome): void;
}

/** Runs an execution from a state on, writing down each step with `append`. */
export function runExecution(options: RunOptions): ExecutionRun {
  const { prepared, point, append } = options;
  const halting = new AbortController();
  const tasks = createTaskRunner({ ...options, execution: options.execution.Name, halted: halting.signal });
  const retries = paceRetries(prepared, options.retryIntervalMs);
  const entries = createEntries(point);
  const definition = structuredClone(prepared.definition);
  definition.StartAt = point.state;
  observeEntries(definition, entries.note);
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  const states = [...prepared.states.values()];
  const running = machine.run(point.input, {
    noThrowOnAbort: true,
    context: {
      Run: options.execution,
      StateMachine: options.stateMachine,
      At: Object.fromEntries(states.map((state) => [state.key, contextAt(state, tasks, entries.enteredAt)])),
    },
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(
        states
          .filter(({ state }) => state.Type === 'Task')
          .map((state) => [state.name, (input) => tasks.run(state, input)]),
      ),
      waitTimeOverrides: resumedWaits(point, prepared),
      retryIntervalOverrides: retries.overrides,
    },
  });

  async function writeEvents(): Promise<void> {
    // What the journal already has from before a restart is not written twice.
    let isEntryKnown = point.enteredAt !== undefined;
    let isExitKnown = point.hasExited;
    for await (const event of running.eventLogs) {
      if (halting.signal.aborted) return;
      if (!('state' in event)) continue;
      const { name: state, input, output } = event.state;
      const at = event.timestamp;
      if (event.type === 'StateEntered') {
        retries.noteEntered(state);
        if (!isEntryKnown) append({ kind: 'entered', at, state, input });
        isEntryKnown = false;
      } else if (event.type === 'StateExited') {
        if (!(isExitKnown && state === point.state)) append({ kind: 'exited', at, state, output: toJsonValue(output) });
        else isExitKnown = false;
      } else if (event.type === 'StateFailed') {
        if (event.Error === 'States.Timeout') tasks.timeOut(state);
      } else if (event.type === 'StateRetried') {
        retries.noteRetried(state);
        append({ kind: 'retried', at, state, retry: event.retry.attempt });
      } else {
        append({ kind: 'caught', at, state, next: event.catch.catcher.Next });
      }
    }
  }
  const written = writeEvents();

  async function end(): ReturnType<typeof runExecution>['ending'] {
    const [result] = await Promise.allSettled([running.result, written]);
    if (halting.signal.aborted) return undefined;
    if (result.status === 'fulfilled') return { status: 'SUCCEEDED', output: result.value };
    const { reason } = result;
    const fault = reason instanceof ExecutionError ? reason.cause : reason;
    const { name: error, message: cause } = fault instanceof Error ? fault : new Error(String(fault));
    return { status: 'FAILED', error, cause };
  }

  return {
    ending: end(),
    halt: () => {
      halting.abort();
      running.abort();
    },
    settle: tasks.settle,
  };
}

function contextAt(state: PreparedState, tasks: TaskRunner, enteredAt: ReadonlyMap<string, number>): object {
  return {
    Name: state.name,
    get EnteredTime() {
      return new Date(enteredAt.get(state.name) ?? Date.now()).toISOString();
    },
    get Token() {
      return tasks.tokenFor(state);
    },
    get TimeoutSeconds() {
      return tasks.timeoutSecondsOf(state);
    },
  };
}

/** When each state was entered last; the state that is resumed keeps its first time. */
function createEntries(point: ResumePoint) {
  const enteredAt = new Map<string, number>();
  let resumedAt = point.enteredAt;
  const note = (state: string) => {
    enteredAt.set(state, resumedAt ?? Date.now());
    resumedAt = undefined;
  };
  return { enteredAt, note };
}

/** The interpreter looks a state up exactly when it enters it, and at no other time. */
function observeEntries(machine: Machine, note: (state: string) => void): void {
  for (const inner of Object.values(machine.States).flatMap(innerMachines)) observeEntries(inner, note);
  machine.States = new Proxy(machine.States, {
    get: (states, name) => {
      if (typeof name === 'string' && Object.hasOwn(states, name)) note(name);
      return Reflect.get(states, name);
    },
  });
}
