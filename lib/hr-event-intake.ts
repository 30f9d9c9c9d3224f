import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { archiveName } from './archive-name.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface HrEventIntakeProps {
  /** EventBridge sources that may start the workflow. */
  readonly sources: readonly string[];
  readonly stateMachine: IStateMachine;
}

/** The one way in: a bus of its own, a rule that starts the workflow, and a place for what could not be delivered. */
export class HrEventIntake extends Construct {
  readonly bus: EventBus;
  /** As metrics spell it; CloudFormation's own reference to a rule of a custom bus has the bus's name in front. */
  readonly ruleName = 'hr-events';
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, { sources, stateMachine }: HrEventIntakeProps) {
    super(scope, id);
    // No resource policy: only principals of this account, with an IAM permission, can report a leaver.
    const busName = Stack.of(this).stackName;
    this.bus = new EventBus(this, 'Bus', { eventBusName: busName });
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue');
    new Rule(this, 'Rule', {
      ruleName: this.ruleName,
      description: 'HR reports a leaver: start the offboarding workflow',
      eventBus: this.bus,
      // Whatever its kind: one that is not known is parked with its reason instead of matching nothing.
      eventPattern: { source: [...sources] },
      targets: [
        new SfnStateMachine(stateMachine, {
          deadLetterQueue: this.deadLetterQueue,
          // EventBridge's own maximum (docs/hr-events.md section "EventBridge and Step Functions"): a day of Step Functions
          // being away costs hours, not a leaver.
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
    // Events that arrived while a rule was wrong can be replayed for a month; duplicates end as duplicates.
    this.bus.archive('Archive', {
      archiveName: archiveName({ stackName: busName, keeps: 'hr-events', busName }),
      description: 'HR events of the last 30 days, for replay',
      eventPattern: { source: [...sources] },
      retention: Duration.days(30),
    });
  }
}
