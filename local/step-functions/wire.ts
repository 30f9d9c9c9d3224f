import { AwsError } from '../aws-error.ts';
import type { Engine } from './engine.ts';
import type { ExecutionSummary } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { pageOf, parseJsonText, parseRequest, requests } from './wire-requests.ts';

/** Answers one operation of the AWS JSON 1.0 protocol; the operation is what follows the dot in `X-Amz-Target`. */
export type StepFunctionsEndpoint = (operation: string, body: unknown) => Promise<unknown>;

/**
 * Step Functions as SDKs and the AWS CLI speak to it (`X-Amz-Target: AWSStepFunctions.<operation>`).
 * @returns a function that rejects with AwsError, with the names that AWS uses.
 */
export function createStepFunctionsEndpoint(engine: Engine): StepFunctionsEndpoint {
  const { arn: stateMachineArn, name, roleArn, definition, createdAt } = engine.stateMachine;
  const machine = { stateMachineArn, name, type: 'STANDARD', creationDate: seconds(createdAt) };

  function refuseOtherMachine(arn: string): void {
    if (arn !== stateMachineArn) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
  }

  const operations: Readonly<Record<string, (body: unknown) => unknown>> = {
    StartExecution: (body) => {
      const request = parseRequest(requests.StartExecution, body);
      refuseOtherMachine(request.stateMachineArn);
      const input = parseJsonText(request.input, 'InvalidExecutionInput');
      const { executionArn, startedAt } = engine.start({ name: request.name, input });
      return { executionArn, startDate: seconds(startedAt) };
    },
    ListExecutions: (body) => {
      const request = parseRequest(requests.ListExecutions, body);
      refuseOtherMachine(request.stateMachineArn);
      const { page, ...rest } = pageOf(engine.list(request), request, (execution) => execution.name);
      return { executions: page.map(onWire), ...rest };
    },
    DescribeExecution: (body) => {
      const { executionArn } = parseRequest(requests.DescribeExecution, body);
      const { input, output, error, cause, ...summary } = engine.describe(executionArn);
      const included = { included: true };
      return {
        ...onWire(summary),
        input: JSON.stringify(input),
        inputDetails: included,
        ...(output === undefined ? {} : { output: JSON.stringify(output), outputDetails: included }),
        error,
        cause,
        redriveCount: 0,
        redriveStatus: 'NOT_REDRIVABLE',
      };
    },
    GetExecutionHistory: (body) => {
      const request = parseRequest(requests.GetExecutionHistory, body);
      const history = engine.history(request.executionArn);
      const ordered = request.reverseOrder ? history.reverse() : history;
      const { page, ...rest } = pageOf(ordered, request, ({ id }) => String(id));
      return { events: page.map((event) => eventOnWire(event, request.includeExecutionData)), ...rest };
    },
    StopExecution: (body) => {
      const { executionArn, error, cause } = parseRequest(requests.StopExecution, body);
      const { stoppedAt } = engine.stop(executionArn, { error, cause });
      return { stopDate: seconds(stoppedAt ?? Date.now()) };
    },
    SendTaskSuccess: (body) => {
      const { taskToken, output } = parseRequest(requests.SendTaskSuccess, body);
      engine.sendTaskSuccess(taskToken, parseJsonText(output, 'InvalidOutput'));
      return {};
    },
    SendTaskFailure: (body) => {
      const { taskToken, error, cause } = parseRequest(requests.SendTaskFailure, body);
      engine.sendTaskFailure(taskToken, { error, cause });
      return {};
    },
    SendTaskHeartbeat: (body) => {
      engine.sendTaskHeartbeat(parseRequest(requests.SendTaskHeartbeat, body).taskToken);
      return {};
    },
    ListStateMachines: (body) => {
      parseRequest(requests.ListStateMachines, body);
      return { stateMachines: [machine] };
    },
    DescribeStateMachine: (body) => {
      refuseOtherMachine(parseRequest(requests.DescribeStateMachine, body).stateMachineArn);
      return { ...machine, status: 'ACTIVE', definition: JSON.stringify(definition), roleArn };
    },
  };

  return async (operation, body) => {
    const answer = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (answer !== undefined) return answer(body);
    const known = Object.keys(operations).join(', ');
    throw new AwsError('UnknownOperationException', `${operation} is not answered here; these are: ${known}`);
  };
}

/** AWS JSON tells times as seconds since 1970. */
function seconds(ms: number): number {
  return ms / 1000;
}

function onWire({ startedAt, stoppedAt, ...summary }: ExecutionSummary): object {
  const stopDate = stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) };
  return { ...summary, startDate: seconds(startedAt), ...stopDate };
}

const EXECUTION_DATA = ['input', 'inputDetails', 'output', 'outputDetails', 'parameters', 'error', 'cause'];

function eventOnWire({ timestamp, ...event }: HistoryEvent, isDataIncluded: boolean): object {
  const onlyKept = (key: string, value: unknown) => (EXECUTION_DATA.includes(key) ? undefined : value);
  const shown = isDataIncluded ? event : JSON.parse(JSON.stringify(event, onlyKept));
  return { timestamp: seconds(timestamp), ...shown };
}
