import { AwsError } from '../protocol/aws-error.ts';
import type { Engine } from './engine.ts';
import type { Engines } from './engines.ts';
import type { ExecutionSummary } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { pageOf, parseJsonText, parseRequest, requests } from './wire-requests.ts';

/** Answers one operation of the AWS JSON 1.0 protocol; the operation is what follows the dot in `X-Amz-Target`. */
export type StepFunctionsEndpoint = (operation: string, body: unknown) => Promise<unknown>;

/**
 * Step Functions as SDKs and the AWS CLI speak to it (`X-Amz-Target: AWSStepFunctions.<operation>`).
 * @returns a function that rejects with AwsError, with the names that AWS uses.
 */
export function createStepFunctionsEndpoint(engines: Engines): StepFunctionsEndpoint {
  const operations: Readonly<Record<string, (body: unknown) => unknown>> = {
    StartExecution: (body) => {
      const request = parseRequest(requests.StartExecution, body);
      const engine = engines.ofMachine(request.stateMachineArn);
      const input = parseJsonText(request.input, 'InvalidExecutionInput');
      const { executionArn, startedAt } = engine.start({ name: request.name, input });
      return { executionArn, startDate: seconds(startedAt) };
    },
    ListExecutions: (body) => {
      const request = parseRequest(requests.ListExecutions, body);
      const engine = engines.ofMachine(request.stateMachineArn);
      const { page, ...rest } = pageOf(engine.list(request), request, (execution) => execution.name);
      return { executions: page.map(onWire), ...rest };
    },
    DescribeExecution: (body) => {
      const { executionArn } = parseRequest(requests.DescribeExecution, body);
      const { input, output, error, cause, ...summary } = engines.ofExecution(executionArn).describe(executionArn);
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
      const history = engines.ofExecution(request.executionArn).history(request.executionArn);
      const ordered = request.reverseOrder ? history.reverse() : history;
      const { page, ...rest } = pageOf(ordered, request, ({ id }) => String(id));
      return { events: page.map((event) => eventOnWire(event, request.includeExecutionData)), ...rest };
    },
    StopExecution: (body) => {
      const { executionArn, error, cause } = parseRequest(requests.StopExecution, body);
      const { stoppedAt } = engines.ofExecution(executionArn).stop(executionArn, { error, cause });
      return { stopDate: seconds(stoppedAt ?? Date.now()) };
    },
    SendTaskSuccess: (body) => {
      const { taskToken, output } = parseRequest(requests.SendTaskSuccess, body);
      engines.ofToken(taskToken).sendTaskSuccess(taskToken, parseJsonText(output, 'InvalidOutput'));
      return {};
    },
    SendTaskFailure: (body) => {
      const { taskToken, error, cause } = parseRequest(requests.SendTaskFailure, body);
      engines.ofToken(taskToken).sendTaskFailure(taskToken, { error, cause });
      return {};
    },
    SendTaskHeartbeat: (body) => {
      const { taskToken } = parseRequest(requests.SendTaskHeartbeat, body);
      engines.ofToken(taskToken).sendTaskHeartbeat(taskToken);
      return {};
    },
    ListStateMachines: (body) => {
      parseRequest(requests.ListStateMachines, body);
      return { stateMachines: engines.all.map(machineOnWire) };
    },
    DescribeStateMachine: (body) => {
      const engine = engines.ofMachine(parseRequest(requests.DescribeStateMachine, body).stateMachineArn);
      const { definition, roleArn } = engine.stateMachine;
      return { ...machineOnWire(engine), status: 'ACTIVE', definition: JSON.stringify(definition), roleArn };
    },
  };

  return async (operation, body) => {
    const answer = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (answer !== undefined) return answer(body);
    const known = Object.keys(operations).join(', ');
    throw new AwsError('UnknownOperationException', `${operation} is not answered here; these are: ${known}`);
  };
}

function machineOnWire({ stateMachine: { arn, name, createdAt } }: Engine): object {
  return { stateMachineArn: arn, name, type: 'STANDARD', creationDate: seconds(createdAt) };
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
