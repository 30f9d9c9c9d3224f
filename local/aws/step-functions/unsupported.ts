import { z } from 'zod';
import { UnsupportedConstructError } from './unsupported-construct-error.ts';
import { refuseContextPaths } from './unsupported-paths.ts';

const stateSchema = z.looseObject({ Type: z.string() });
const machineSchema = z.looseObject({ States: z.record(z.string(), stateSchema) });
type State = z.infer<typeof stateSchema>;
type Refuse = (construct: string, remedy: string) => never;

/** Fields that the interpreter passes over without a word, and what to write instead. */
const IGNORED_FIELDS: Readonly<Record<string, string>> = {
  Assign: 'carry the value in the state instead, with ResultPath',
  Credentials: 'run the task with the role of the state machine',
  HeartbeatSeconds: 'use TimeoutSeconds alone',
  HeartbeatSecondsPath: 'use TimeoutSeconds alone',
  ItemBatcher: 'prepare the batches in a task before the Map',
  ItemReader: 'read the items in a task before the Map',
  ResultWriter: 'write the results in a task after the Map',
  ToleratedFailureCount: 'catch the failure inside the iterator',
  ToleratedFailureCountPath: 'catch the failure inside the iterator',
  ToleratedFailurePercentage: 'catch the failure inside the iterator',
  ToleratedFailurePercentagePath: 'catch the failure inside the iterator',
};
const TYPE_TESTS = ['IsPresent', 'IsNull', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'];
const INTEGRATIONS = ['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken'];
const LAMBDA_ARN = /^arn:aws[a-z-]*:lambda:/;
const REFERENCE_PATH = /^\$(?!\$)/;

/**
 * Refuses what the local interpreter would run otherwise than AWS does, so that nobody trusts a local run that means
 * nothing. The list comes from running 122 small definitions side by side with AWS's documentation.
 * @throws UnsupportedConstructError naming the state, the construct and what to write instead.
 */
export function refuseUnsupported(definition: unknown): void {
  visitMachine(definition, { isInsideMap: false, names: new Set() });
}

interface Place {
  readonly isInsideMap: boolean;
  readonly names: Set<string>;
}

function visitMachine(definition: unknown, place: Place): void {
  const machine = machineSchema.parse(definition);
  refuseJsonata(machine, (construct, remedy) => {
    throw new UnsupportedConstructError('(state machine)', construct, remedy);
  });
  for (const [name, state] of Object.entries(machine.States)) visitState(name, state, place);
}

function visitState(name: string, state: State, place: Place): void {
  const refuse: Refuse = (construct, remedy) => {
    throw new UnsupportedConstructError(name, construct, remedy);
  };
  if (place.names.has(name)) refuse('two states of one name', 'give each state of the whole definition its own name');
  place.names.add(name);
  refuseJsonata(state, refuse);
  for (const part of [state, ...rulesOf(state)]) refuseFields(part, refuse);
  refuseContextPaths(state, place.isInsideMap, refuse);
  if (state.Type === 'Task') refuseTask(state, place, refuse);
  if (state.Type === 'Wait') refuseWait(state, refuse);
  if (state.Type === 'Pass' && 'Result' in state && !state.Result) {
    refuse('a Pass Result that is empty, zero, false or null', 'wrap it in an object');
  }
  for (const branch of list(state.Branches)) visitMachine(branch, place);
  const iterator = state.ItemProcessor ?? state.Iterator;
  if (iterator === undefined) return;
  const processor = z.looseObject({ ProcessorConfig: z.looseObject({ Mode: z.string() }).optional() }).parse(iterator);
  if (processor.ProcessorConfig?.Mode === 'DISTRIBUTED') refuse('a distributed Map', 'use an inline Map');
  visitMachine(iterator, { ...place, isInsideMap: true });
}

function refuseJsonata(part: Record<string, unknown>, refuse: Refuse): void {
  if ('QueryLanguage' in part && part.QueryLanguage !== 'JSONPath') refuse('QueryLanguage JSONata', 'use JSONPath');
}

function refuseFields(part: Record<string, unknown>, refuse: Refuse): void {
  for (const [field, remedy] of Object.entries(IGNORED_FIELDS)) if (field in part) refuse(field, remedy);
  if (part.ResultPath === '$') refuse('ResultPath "$"', 'leave ResultPath out, which means the same');
  for (const test of TYPE_TESTS) {
    if (part[test] === false) refuse(`${test}: false`, `negate it: {"Not": {"Variable": …, "${test}": true}}`);
  }
}

function refuseTask(state: State, place: Place, refuse: Refuse): void {
  if (!('TimeoutSeconds' in state) && !('TimeoutSecondsPath' in state)) {
    refuse('a Task without TimeoutSeconds', 'set TimeoutSeconds or TimeoutSecondsPath');
  }
  const resource = z.string().parse(state.Resource);
  if (LAMBDA_ARN.test(resource)) return;
  if (!INTEGRATIONS.includes(resource)) {
    refuse(`Resource ${resource}`, `name a Lambda function, or use ${INTEGRATIONS.join(' or ')}`);
  }
  if (place.isInsideMap && resource.endsWith('.waitForTaskToken')) {
    refuse('waitForTaskToken inside a Map', 'wait for the token outside the Map');
  }
  const parameters = z.record(z.string(), z.unknown()).parse(state.Parameters ?? {});
  const known = ['FunctionName', 'FunctionName.$', 'Payload', 'Payload.$'];
  const unknown = Object.keys(parameters).find((key) => !known.includes(key));
  if (unknown !== undefined) refuse(`Parameters.${unknown}`, 'give FunctionName and Payload only');
}

function refuseWait(state: State, refuse: Refuse): void {
  const path = state.SecondsPath;
  if (typeof path === 'string' && !REFERENCE_PATH.test(path)) refuse(`SecondsPath ${path}`, 'take it from the state');
}

/** Every choice rule (however deep) and every catcher of a state. */
function rulesOf(state: State): Record<string, unknown>[] {
  return [...list(state.Choices).flatMap(nestedRules), ...list(state.Catch)];
}

function nestedRules(rule: Record<string, unknown>): Record<string, unknown>[] {
  const inner = [...list(rule.And), ...list(rule.Or), ...list(rule.Not === undefined ? [] : [rule.Not])];
  return [rule, ...inner.flatMap(nestedRules)];
}

function list(value: unknown): Record<string, unknown>[] {
  return z.array(z.record(z.string(), z.unknown())).parse(value ?? []);
}
