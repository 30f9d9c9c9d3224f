import { z } from 'zod';
import { type JsonValue, jsonValueSchema } from './json-value.ts';
import { type PreparedState, TASK_INPUT, TASK_TIMEOUT_SECONDS } from './prepared-definition.ts';

/** One call of a Lambda function, as a task of the definition asks for it. */
export interface TaskCall {
  readonly resource: string;
  readonly functionArn: string;
  readonly payload: JsonValue;
  /** What the task was given: the payload itself, or the parameters of the Lambda integration. */
  readonly input: JsonValue;
  readonly timeoutSeconds: number;
  readonly waitsForToken: boolean;
  readonly resultOf: (answer: JsonValue) => JsonValue;
}

const timedInputSchema = z.object({
  [TASK_INPUT]: jsonValueSchema,
  [TASK_TIMEOUT_SECONDS]: z.number().int().positive(),
});
const integrationSchema = z.object({ FunctionName: z.string(), Payload: jsonValueSchema.default({}) });

/** Reads what the interpreter hands to a task, whose parameters `prepareDefinition` may have wrapped. */
export function readTaskCall({ state, name }: PreparedState, processed: JsonValue): TaskCall {
  if (state.Type !== 'Task') throw new TypeError(`state "${name}": is no Task`);
  const timed = state.TimeoutSecondsPath === undefined ? undefined : timedInputSchema.parse(processed);
  const input = timed?.[TASK_INPUT] ?? processed;
  const timeoutSeconds = timed?.[TASK_TIMEOUT_SECONDS] ?? z.number().parse(state.TimeoutSeconds);
  const call = { resource: state.Resource, input, timeoutSeconds };
  if (!state.Resource.includes(':states:::')) {
    return { ...call, functionArn: state.Resource, payload: input, waitsForToken: false, resultOf: (answer) => answer };
  }
  const { FunctionName: functionArn, Payload: payload } = integrationSchema.parse(input);
  const waitsForToken = state.Resource.endsWith('.waitForTaskToken');
  const resultOf = (answer: JsonValue) => ({ ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 });
  return { ...call, functionArn, payload, waitsForToken, resultOf };
}
