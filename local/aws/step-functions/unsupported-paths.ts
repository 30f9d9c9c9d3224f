import { expressionsOf } from './expressions.ts';

/** Context object fields that the engine provides, with what AWS puts there. */
const CONTEXT_PATHS = [
  '$$.Execution.Id',
  '$$.Execution.Name',
  '$$.Execution.RoleArn',
  '$$.Execution.StartTime',
  '$$.State.Name',
  '$$.State.EnteredTime',
  '$$.StateMachine.Id',
  '$$.StateMachine.Name',
  '$$.Task.Token',
];
const CONTEXT_PATH = /\$\$[\w.]*/g;

type Refuse = (construct: string, remedy: string) => never;

/**
 * Refuses paths and intrinsic functions that the interpreter reads wrongly.
 * @param isInsideMap whether the state runs once per item of a Map.
 */
export function refuseContextPaths(state: Record<string, unknown>, isInsideMap: boolean, refuse: Refuse): void {
  for (const { key, text } of expressionsOf(state)) {
    if (text.includes('States.JsonToString')) {
      refuse('States.JsonToString', 'turn the value into text in a task: the interpreter loses backslashes');
    }
    if ((key === 'CausePath' || key === 'ErrorPath') && text.startsWith('States.')) {
      refuse(`${key} with an intrinsic function`, 'build the text in a state before it and point to it');
    }
    for (const [path] of text.matchAll(CONTEXT_PATH)) refuseContextPath(path, state, { isInsideMap, refuse });
  }
}

function refuseContextPath(
  path: string,
  state: Record<string, unknown>,
  place: { isInsideMap: boolean; refuse: Refuse },
): void {
  if (path.startsWith('$$.Map.Item')) {
    if (state.Type === 'Map' && !place.isInsideMap) return;
    place.refuse(`${path} inside the iterator`, 'hand it to the iterator with the ItemSelector of the Map');
  }
  if (path.startsWith('$$.Execution.Input')) {
    place.refuse(path, 'keep the execution’s input in the state, with ResultPath');
  }
  if (path === '$$.Task.Token' && !String(state.Resource).endsWith('.waitForTaskToken')) {
    place.refuse(path, 'use a Resource that ends in .waitForTaskToken');
  }
  if (!CONTEXT_PATHS.includes(path)) place.refuse(path, `only ${CONTEXT_PATHS.join(', ')} are known`);
}
