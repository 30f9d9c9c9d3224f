import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventInvokeConfig,
  type EventInvokeConfigOptions,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Where EventBridge leaves what it could not deliver, and Lambda what a function could not handle. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest that SQS keeps a message: time for a person to come back from leave.
      retentionPeriod: Duration.days(14),
    });
  }
}

/**
 * For a function that a rule calls. EventBridge has delivered once Lambda has taken the event; what fails afterwards is
 * tried twice more by Lambda and then dropped without a word, unless it has a place to go.
 */
export function leaveFailuresIn(
  queue: DeadLetterQueue,
  func: LambdaFunction,
  tries: Pick<EventInvokeConfigOptions, 'maxEventAge' | 'retryAttempts'>,
): void {
  // Written out, because SqsDestination grants more than sending.
  func.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
  const onFailure = { bind: () => ({ destination: queue.queueArn }) };
  const config = new EventInvokeConfig(func, 'AsynchronousCalls', { function: func, ...tries, onFailure });
  // Lambda refuses a destination to which the function's role may not send yet.
  if (func.role) config.node.addDependency(func.role);
}
