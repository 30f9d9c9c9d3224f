import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { expressionsOf } from './expressions.ts';

export type State = StateMachineDefinition['States'][string];
type TaskState = Extract<State, { Type: 'Task' }>;

/** One state of the definition, wherever it stands. */
export interface PreparedState {
  readonly name: string;
  /** Its key under `$$.At` in the interpreter's context object. */
  readonly key: string;
  /** As it was given. */
  readonly state: State;
  readonly isTopLevel: boolean;
  readonly isInsideMap: boolean;
}

/** What the interpreter gets to run, and what the engine needs to know beside it. */
export interface PreparedDefinition {
  readonly definition: StateMachineDefinition;
  readonly states: ReadonlyMap<string, PreparedState>;
}

/** The parameters of a task whose timeout comes from a path: the timeout travels beside them. */
export const TASK_INPUT = 'taskInput';
export const TASK_TIMEOUT_SECONDS = 'taskTimeoutSeconds';

/**
 * A copy of the definition in which the context object is read where the engine can answer:
 * - `$$.State` and `$$.Task` become `$$.At.sN`, one place per state, because the interpreter has no such context and
 *   several branches may ask at once;
 * - `$$.Execution` becomes `$$.Run`, because the interpreter overwrites the start time when an execution is resumed;
 * - a task's timeout is asked for per attempt, so that a token that was waiting before a restart keeps its deadline.
 *   A `TimeoutSecondsPath` reads the state's input, as on AWS (the interpreter would read the parameters).
 */
export function prepareDefinition(given: StateMachineDefinition): PreparedDefinition {
  const definition = structuredClone(given);
  // Counted by the engine, from the execution’s start, through restarts.
  delete definition.TimeoutSeconds;
  const states = new Map<string, PreparedState>();
  visit(given, definition, { isTopLevel: true, isInsideMap: false, states });
  return { definition, states };
}

interface Place {
  readonly isTopLevel: boolean;
  readonly isInsideMap: boolean;
  readonly states: Map<string, PreparedState>;
}

export type Machine = Pick<StateMachineDefinition, 'States'>;

function visit(given: Machine, copy: Machine, place: Place): void {
  for (const [name, state] of Object.entries(copy.States)) {
    const original = given.States[name];
    if (original === undefined) continue;
    const key = `s${place.states.size}`;
    const { isTopLevel, isInsideMap } = place;
    place.states.set(name, { name, key, state: original, isTopLevel, isInsideMap });
    for (const { holder, key: field, text } of expressionsOf(state)) {
      Reflect.set(
        holder,
        field,
        text.replaceAll(/\$\$\.(?:State|Task)\./g, `$$$$.At.${key}.`).replaceAll('$$.Execution.', () => '$$.Run.'),
      );
    }
    if (state.Type === 'Task') askTimeoutPerAttempt(state, key);
    for (const [inner, innerOriginal] of machinesOf(state, original)) {
      visit(innerOriginal, inner, { ...place, isTopLevel: false, isInsideMap: isInsideMap || state.Type === 'Map' });
    }
  }
}

function askTimeoutPerAttempt(task: TaskState, key: string): void {
  if (task.TimeoutSecondsPath !== undefined) {
    const input = task.Parameters === undefined ? { [`${TASK_INPUT}.$`]: '$' } : { [TASK_INPUT]: task.Parameters };
    task.Parameters = { ...input, [`${TASK_TIMEOUT_SECONDS}.$`]: task.TimeoutSecondsPath };
  }
  delete task.TimeoutSeconds;
  task.TimeoutSecondsPath = `$$.At.${key}.TimeoutSeconds`;
}

/** The machines inside a Parallel or a Map, each copy with its original. */
function machinesOf(copy: State, original: State): [Machine, Machine][] {
  const originals = innerMachines(original);
  return innerMachines(copy).flatMap((machine, index) => {
    const counterpart = originals[index];
    return counterpart === undefined ? [] : [[machine, counterpart]];
  });
}

/** The machines inside a state: the branches of a Parallel, the iterator of a Map. */
export function innerMachines(state: State): Machine[] {
  if (state.Type === 'Parallel') return state.Branches;
  if (state.Type !== 'Map') return [];
  const iterator = state.ItemProcessor ?? state.Iterator;
  return iterator === undefined ? [] : [iterator];
}
