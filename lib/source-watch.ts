import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ConfigurationDocument } from './configuration-document.ts';
import { DeadLetterQueue, leaveFailuresIn } from './dead-letter-queue.ts';
import { noteSources, readConfiguration, watchSources } from './permissions.ts';
import { StepLambda } from './step-lambda.ts';

export interface SourceWatchProps {
  /** Where the functions read who must not fall silent. */
  readonly document: ConfigurationDocument;
  /** Where they are heard, and the EventBridge sources by which they are. */
  readonly bus: EventBus;
  readonly sources: readonly string[];
  /** The function that holds the signing keys of HR systems, where any sends webhooks. */
  readonly receiveHrWebhook?: StepLambda | undefined;
  readonly caseTable: TableV2;
  readonly logRetention: RetentionDays;
}

/**
 * Notes whenever a source of HR events speaks, and looks every hour which of them has not for too long, and every quarter
 * of an hour whether the keys are there by which webhooks are checked.
 */
export class SourceWatch extends Construct {
  readonly watch: StepLambda;
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: SourceWatchProps) {
    const { document, bus, sources, receiveHrWebhook, caseTable, logRetention } = props;
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue');
    const told = {
      folder: 'source-watch',
      environment: { CASE_TABLE_NAME: caseTable.tableName, ...document.environment },
      logRetention,
    };
    // Beside the other functions, not below this construct: a function's id is its name everywhere.
    this.watch = new StepLambda(scope, 'WatchSources', {
      ...told,
      allow: [readConfiguration(document), watchSources(caseTable)],
    });
    const note = new StepLambda(scope, 'NoteHrSource', {
      ...told,
      allow: [readConfiguration(document), noteSources(caseTable)],
    });

    // An older look is of no use: the next one sees the same. What was heard stays worth noting for as long as Lambda
    // keeps it.
    const lookTries = { maxEventAge: Duration.hours(1), retryAttempts: 2 };
    const noteTries = { maxEventAge: Duration.hours(6), retryAttempts: 2 };
    new Rule(this, 'WatchRule', {
      description: 'Look which HR sources have been silent for too long',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.watch, { ...lookTries, deadLetterQueue: this.deadLetterQueue })],
    });
    new Rule(this, 'NoteRule', {
      description: 'An HR source speaks: note when',
      eventBus: bus,
      eventPattern: { source: [...sources] },
      targets: [new LambdaFunction(note, { ...noteTries, deadLetterQueue: this.deadLetterQueue })],
    });
    leaveFailuresIn(this.deadLetterQueue, this.watch, lookTries);
    leaveFailuresIn(this.deadLetterQueue, note, noteTries);
    if (receiveHrWebhook) this.#checkKeys(receiveHrWebhook);
  }

  #checkKeys(receiveHrWebhook: StepLambda): void {
    const tries = { maxEventAge: Duration.hours(1), retryAttempts: 2 };
    new Rule(this, 'KeysRule', {
      description: 'Look whether the signing keys of HR systems can be used',
      schedule: Schedule.rate(Duration.minutes(15)),
      targets: [new LambdaFunction(receiveHrWebhook, { ...tries, deadLetterQueue: this.deadLetterQueue })],
    });
    leaveFailuresIn(this.deadLetterQueue, receiveHrWebhook, tries);
  }
}
