import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  LogLevel,
  StateMachine,
  StateMachineType,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { RouteOf, RoutingStep } from '../lambdas/domain/route.ts';
import { OUTLIVES_STACK } from './outlives-stack.ts';
import { approvalTask, stepTask } from './step-task.ts';

/** One Lambda for each state that does something. */
export interface WorkflowSteps {
  readonly openCase: IFunction;
  readonly disableAccount: IFunction;
  readonly gatherFacts: IFunction;
  readonly requestApproval: IFunction;
  readonly confirmDecision: IFunction;
  readonly reinstateAccount: IFunction;
  readonly deleteAccount: IFunction;
  readonly sealEvidence: IFunction;
  readonly announceOutcome: IFunction;
  readonly notifyLateChange: IFunction;
}

export interface OffboardingWorkflowProps {
  readonly steps: WorkflowSteps;
  /** How long approvers have; afterwards the account stays disabled. */
  readonly approvalTimeout: Duration;
  readonly logGroup: ILogGroup;
}

/** HR event → disabled → a person decides → carried out and proved → sealed. It only ever goes forward. */
export class OffboardingWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: OffboardingWorkflowProps) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(this.#mainFlow(props)),
      tracingEnabled: true,
      removalPolicy: OUTLIVES_STACK,
      // Without execution data: it would carry names, addresses and the task token.
      logs: { destination: props.logGroup, level: LogLevel.ALL, includeExecutionData: false },
    });
  }

  #mainFlow({ steps, approvalTimeout }: OffboardingWorkflowProps) {
    const end = this.#wayOut(steps);
    const task = (name: RoutingStep, step: IFunction, how?: Parameters<typeof stepTask>[3]) =>
      stepTask(this, name, step, how)
        .addCatch(end, { errors: ['SupersededError'], resultPath: '$.superseded' })
        .addCatch(end, { resultPath: `$.failure.${keyOf(name)}` });

    const reinstateAccount = task('Reinstate account', steps.reinstateAccount).next(end);
    const untilDeletesResume = { retryFor: 'until deletes resume' } as const;
    const deleteAccount = task('Delete account', steps.deleteAccount, untilDeletesResume).next(end);
    const hold = new Wait(this, 'Hold', { time: WaitTime.timestampPath('$.holdUntil') }).next(deleteAccount);

    const whatWasDecided = new Choice(this, 'What was decided?')
      .when(routeIs('Confirm decision', 'reinstate'), reinstateAccount)
      .when(routeIs('Confirm decision', 'carry out'), deleteAccount)
      .when(routeIs('Confirm decision', 'hold'), hold)
      .otherwise(end);
    const confirmDecision = task('Confirm decision', steps.confirmDecision).next(whatWasDecided);
    const requestApproval = approvalTask(this, 'Request approval', {
      step: steps.requestApproval,
      timeout: approvalTimeout,
    })
      .addCatch(confirmDecision, { errors: ['States.Timeout'], resultPath: '$.timedOut' })
      .addCatch(end, { errors: ['SupersededError'], resultPath: '$.superseded' })
      .addCatch(end, { resultPath: '$.failure.requestApproval' })
      .next(confirmDecision);

    // Facts are for the approvers' good: whatever keeps them from being had must not keep the question from being asked.
    const gatherFacts = stepTask(this, 'Gather facts', steps.gatherFacts, { retryFor: 'a moment' })
      .addCatch(end, { errors: ['SupersededError'], resultPath: '$.superseded' })
      .addCatch(requestApproval, { resultPath: '$.factsMissing' })
      .next(requestApproval);

    const wasItDisabled = new Choice(this, 'Was the account disabled?')
      .when(routeIs('Disable account', 'disabled'), gatherFacts)
      .otherwise(end);
    const disableAccount = task('Disable account', steps.disableAccount).next(wasItDisabled);
    const lastWorkingMoment = new Wait(this, 'Wait for last working moment', {
      time: WaitTime.timestampPath('$.waitUntil'),
    });
    const notifyLateChange = task('Notify late change', steps.notifyLateChange).next(end);
    const isItOurs = new Choice(this, 'Is this case ours to run?')
      .when(routeIs('Open case', 'opened'), lastWorkingMoment.next(disableAccount))
      .when(routeIs('Open case', 'reinstate'), reinstateAccount)
      .when(routeIs('Open case', 'too late'), notifyLateChange)
      .otherwise(end);
    return task('Open case', steps.openCase).next(isItOurs);
  }

  /** One way out: sealed evidence, then telling the people who were asked, then success or a call for a person. */
  #wayOut(steps: WorkflowSteps) {
    const finished = new Succeed(this, 'Offboarding finished');
    const personNeeded = this.#fail('A person is needed', 'PersonNeeded');
    const doesAPersonNeedToAct = new Choice(this, 'Does a person need to act?')
      .when(routeIs('Announce outcome', 'person'), personNeeded)
      .otherwise(finished);
    const announceOutcome = stepTask(this, 'Announce outcome', steps.announceOutcome)
      .addCatch(this.#fail('Outcome not announced', 'OutcomeNotAnnounced'), { resultPath: '$.failure.announceOutcome' })
      .next(doesAPersonNeedToAct);
    const isAnybodyToBeTold = new Choice(this, 'Is anybody to be told?')
      .when(routeIs('Seal evidence', 'tell'), announceOutcome)
      .otherwise(doesAPersonNeedToAct);
    return stepTask(this, 'Seal evidence', steps.sealEvidence)
      .addCatch(this.#fail('Evidence not sealed', 'EvidenceNotSealed'), { resultPath: '$.failure.sealEvidence' })
      .next(isAnybodyToBeTold);
  }

  #fail(name: string, error: string): Fail {
    return new Fail(this, name, { error, cause: 'See docs/operator-runbook.md, "Executions that failed".' });
  }
}

/** Whether the step before, which is named so that only its own routes compile, sent the execution this way. */
function routeIs<Step extends RoutingStep>(_step: Step, route: RouteOf<Step>): Condition {
  return Condition.stringEquals('$.route', route);
}

/** 'Disable account' → `disableAccount`: the one name of a step, as a key. */
function keyOf(name: string): string {
  return name
    .replace(/ (\w)/g, (_space, letter: string) => letter.toUpperCase())
    .replace(/^\w/, (letter) => letter.toLowerCase());
}
