import type { Execution } from './execution.ts';
import type { EndedRecord } from './journal.ts';
import type { PreparedDefinition } from './prepared-definition.ts';
import { carryOver, resumePointOf } from './resume-point.ts';
import { type RunOptions, runExecution } from './run-execution.ts';

interface LaunchOptions extends Pick<RunOptions, 'tokens' | 'invoke' | 'retryIntervalMs' | 'stateMachine'> {
  readonly prepared: PreparedDefinition;
  readonly roleArn: string;
  /** The definition's own TimeoutSeconds, counted from the execution's start, through restarts. */
  readonly timeoutSeconds: number | undefined;
}

/** Runs an execution from where its journal ends, and writes down how it ends. */
export function launchExecution(execution: Execution, options: LaunchOptions): void {
  const { prepared, roleArn, timeoutSeconds } = options;
  const { name, at: startedAt } = execution.started;
  const point = resumePointOf(execution.records, prepared);
  if (!prepared.states.has(point.state)) {
    const cause = `the definition has no state "${point.state}" any more`;
    endExecution(execution, { status: 'FAILED', error: 'States.Runtime', cause });
    return;
  }
  const StartTime = new Date(startedAt).toISOString();
  const run = runExecution({
    ...options,
    point,
    execution: { Id: execution.arn, Name: name, RoleArn: roleArn, StartTime },
    attempts: execution.attempts,
    carriedOver: carryOver(point.attempts.flatMap((id) => execution.attempts.get(id) ?? [])),
    append: execution.append,
  });
  execution.run = run;
  const limit =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(
          () => endExecution(execution, { status: 'TIMED_OUT' }),
          Math.max(0, startedAt + timeoutSeconds * 1000 - Date.now()),
        );
  void run.ending.then((ending) => {
    clearTimeout(limit);
    if (ending !== undefined) endExecution(execution, ending);
  });
}

/** Writes down the end, unless there is one already, and stops whatever still runs. */
export function endExecution(execution: Execution, ending: Omit<EndedRecord, 'kind' | 'at'>): void {
  if (execution.isRunning()) execution.append({ kind: 'ended', at: Date.now(), ...ending });
  execution.run?.halt();
}
