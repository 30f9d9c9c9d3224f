import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as ChaseFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeadLetterQueue, leaveFailuresIn } from './dead-letter-queue.ts';

/** Looks every five minutes for questions that nobody answers, and for decisions of which the workflow was not told. */
export class ApprovalChase extends Construct {
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, { chase }: { readonly chase: ChaseFunction }) {
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue');
    // An older run is of no use: the next one does the same work.
    const tries = { maxEventAge: Duration.minutes(5), retryAttempts: 2 };
    new Rule(this, 'Rule', {
      description: 'Remind approvers, ask others in their place, and tell the workflow of decisions that it missed',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(chase, { ...tries, deadLetterQueue: this.deadLetterQueue })],
    });
    leaveFailuresIn(this.deadLetterQueue, chase, tries);
  }
}
