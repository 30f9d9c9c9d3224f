import { type IRole, Policy } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { answerWaitingTask, describeExecutions, endWaitingTask } from './permissions.ts';
import type { Functions } from './workflow-functions.ts';

export interface WorkflowRightsProps {
  readonly functions: Functions;
  readonly stateMachine: StateMachine;
}

/**
 * What functions may do with the workflow that is made of them. In policies of their own: functions exist first, then the
 * state machine that names them, then the rights that name the state machine. So the machine's name can be
 * CloudFormation's, which no earlier deployment has left taken.
 */
export class WorkflowRights extends Construct {
  constructor(scope: Construct, id: string, { functions, stateMachine }: WorkflowRightsProps) {
    super(scope, id);
    const { openCase, requestApproval, chaseApprovals, answerApproval, answerSlack } = functions;
    new Policy(this, 'LookAtExecutions', {
      statements: [describeExecutions(stateMachine)],
      roles: rolesOf([openCase]),
    });
    new Policy(this, 'AnswerWaitingTask', {
      statements: [answerWaitingTask(stateMachine)],
      roles: rolesOf([requestApproval, chaseApprovals, answerApproval, answerSlack]),
    });
    new Policy(this, 'EndWaitingTask', {
      statements: [endWaitingTask(stateMachine)],
      roles: rolesOf([chaseApprovals]),
    });
  }
}

function rolesOf(functions: readonly (IFunction | undefined)[]): IRole[] {
  return functions.flatMap((one) => one?.role ?? []);
}
