import type { JsonValue } from './json-value.ts';
import type { PreparedDefinition, State } from './prepared-definition.ts';
import type { ResumePoint } from './resume-point.ts';

/**
 * What is left, in milliseconds, of each wait for a number of seconds that had begun before a restart. Each answers
 * once: should the flow come back to the state, it waits in full. A wait for a moment works itself out again.
 */
export function resumedWaits(point: ResumePoint, prepared: PreparedDefinition): Record<string, number> {
  const overrides: Record<string, number> = {};
  for (const [name, { enteredAt, input }] of point.openWaits) {
    const state = prepared.states.get(name)?.state;
    const seconds = state === undefined ? undefined : secondsOf(state, input);
    if (seconds !== undefined) answerOnce(overrides, name, () => Math.max(0, enteredAt + seconds * 1000 - Date.now()));
  }
  if (point.hasExited && prepared.states.get(point.state)?.state.Type === 'Wait') {
    answerOnce(overrides, point.state, () => 0);
  }
  return overrides;
}

function answerOnce(overrides: Record<string, number>, name: string, answer: () => number): void {
  const get = () => {
    delete overrides[name];
    return answer();
  };
  Object.defineProperty(overrides, name, { get, configurable: true, enumerable: true });
}

function secondsOf(state: State, input: JsonValue): number | undefined {
  if (state.Type !== 'Wait') return undefined;
  if (state.SecondsPath === undefined) return state.Seconds;
  const seconds = readReferencePath(state.SecondsPath, readReferencePath(state.InputPath ?? '$', input));
  return typeof seconds === 'number' ? seconds : undefined;
}

/** The value that a reference path such as `$.case.holdSeconds`, `$['a b']` or `$.list[0]` points to. */
function readReferencePath(path: string, input: JsonValue | undefined): JsonValue | undefined {
  let value = input;
  for (const [, quoted, index, plain] of path.matchAll(/\['([^']*)'\]|\[(\d+)\]|\.([^.[]+)/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Array.isArray(value) ? value[Number(index)] : value[quoted ?? plain ?? ''];
  }
  return value;
}
