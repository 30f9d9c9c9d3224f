import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** Looks every five minutes for questions that nobody answers, and for decisions of which the workflow was not told. */
export class ApprovalChase extends Construct {
  constructor(scope: Construct, id: string, { chase }: { readonly chase: IFunction }) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Remind approvers, ask others in their place, and tell the workflow of decisions that it missed',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [
        new LambdaFunction(chase, {
          // Nobody waits for these messages: the next run does the same work, and an alarm rings when none comes.
          deadLetterQueue: new DeadLetterQueue(this, 'DeadLetterQueue'),
          maxEventAge: Duration.minutes(5),
          retryAttempts: 2,
        }),
      ],
    });
  }
}
