import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, Fail, LogLevel, StateMachine, StateMachineType, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { TRANSLATED_SOURCE } from '../lambdas/domain/hr-events/reporting-source.ts';
import { NOTIFICATION_DETAIL_TYPE, NOTIFICATION_SOURCE } from '../lambdas/hr-sources/hr-notification.ts';
import { findHrSource } from '../lambdas/hr-sources/vendors/hr-sources.ts';
import { archiveName } from './archive-name.ts';
import { type ConfiguredHrSystem, idOfHrSystem } from './config/hr-systems.ts';
import type { ConfigurationDocument } from './configuration-document.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { OperatorSecret } from './operator-secret.ts';
import { OUTLIVES_STACK } from './outlives-stack.ts';
import {
  parkEvents,
  putEventsFrom,
  readConfiguration,
  readOperatorSecret,
  renewOperatorSecret,
} from './permissions.ts';
import { secretArns } from './secret-arns.ts';
import { StepLambda } from './step-lambda.ts';
import { stepTask } from './step-task.ts';

export interface HrNotificationsProps {
  readonly systems: readonly ConfiguredHrSystem[];
  /** Where the function reads them. */
  readonly document: ConfigurationDocument;
  /** Where webhook deliveries come from and canonical events go to. */
  readonly bus: EventBus;
  readonly caseTable: TableV2;
  readonly logRetention: RetentionDays;
}

interface Taken {
  /** As text: an archive's name is made of it. */
  readonly busName: string;
  readonly eventBus: EventBus | IEventBus;
  readonly eventPattern: EventPattern;
}

/** Turns what HR systems notify into canonical events. Every notification ends translated, as nothing, or parked. */
export class HrNotifications extends Construct {
  readonly stateMachine: StateMachine;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly #props: HrNotificationsProps;

  constructor(scope: Construct, id: string, props: HrNotificationsProps) {
    super(scope, id);
    this.#props = props;
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue');
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(this.#flow()),
      tracingEnabled: true,
      removalPolicy: OUTLIVES_STACK,
      // Without execution data: notifications name people.
      logs: { destination: this.#log(), level: LogLevel.ALL, includeExecutionData: false },
    });
    this.#take('Webhooks', {
      busName: Stack.of(this).stackName,
      eventBus: props.bus,
      eventPattern: { source: [NOTIFICATION_SOURCE], detailType: [NOTIFICATION_DETAIL_TYPE] },
    });
    for (const system of props.systems) this.#takePartnerEvents(system);
  }

  #flow() {
    const { translate, park } = this.#functions();
    const cause = 'See docs/operator-runbook.md, "HrNotificationFailed".';
    const notTranslated = new Fail(this, 'Notification not translated', { error: 'NotTranslated', cause });
    const notParked = new Fail(this, 'Notification not parked', { error: 'NotParked', cause });
    const parkNotification = stepTask(this, 'Park notification', park, { retryFor: 'an HR system' })
      .addCatch(notParked)
      .next(notTranslated);
    return stepTask(this, 'Translate notification', translate, { retryFor: 'an HR system' })
      .addCatch(parkNotification, { resultPath: '$.failure.translateNotification' })
      .next(new Succeed(this, 'Notification handled'));
  }

  /** Beside the other functions, not below this construct: a function's id is its name everywhere. */
  #functions() {
    const { document, bus, caseTable, logRetention } = this.#props;
    const scope = Stack.of(this);
    const secrets = this.#apiSecrets();
    const table = { CASE_TABLE_NAME: caseTable.tableName };
    const translate = new StepLambda(scope, 'TranslateNotification', {
      folder: 'hr-notifications',
      environment: {
        ...table,
        EVENT_BUS_NAME: bus.eventBusName,
        ...document.environment,
        HR_API_SECRETS: secretArns(this, secrets),
      },
      allow: [
        readConfiguration(document),
        ...[...secrets.values()].flatMap(readOperatorSecret),
        ...this.#renewed(secrets).flatMap(renewOperatorSecret),
        putEventsFrom(TRANSLATED_SOURCE, bus),
        parkEvents(caseTable),
      ],
      logRetention,
    });
    const park = new StepLambda(scope, 'ParkNotification', {
      folder: 'hr-notifications',
      environment: table,
      allow: [parkEvents(caseTable)],
      logRetention,
    });
    return { translate, park };
  }

  #renewed(secrets: ReadonlyMap<string, OperatorSecret>): readonly OperatorSecret[] {
    return this.#props.systems.flatMap(({ name, kind, settings }) => {
      const secret = secrets.get(name);
      return secret && findHrSource(kind)?.apiOf?.(settings)?.tokenUrl ? [secret] : [];
    });
  }

  /** One for each system whose employees are read from its API. */
  #apiSecrets(): ReadonlyMap<string, OperatorSecret> {
    const read = this.#props.systems.filter(
      ({ kind, settings }) => findHrSource(kind)?.apiOf?.(settings) !== undefined,
    );
    return new Map(
      read.map(({ name }) => {
        const holds = `what reads employees from the API of ${name}: JSON, see the runbook`;
        const secret = new OperatorSecret(this, `${idOfHrSystem(name)}Api`, { holds });
        new CfnOutput(Stack.of(this), `HrApiSecretArn${idOfHrSystem(name)}`, { value: secret.secret.secretArn });
        return [name, secret];
      }),
    );
  }

  #takePartnerEvents({ name, kind, settings }: ConfiguredHrSystem): void {
    const partner = findHrSource(kind)?.partnerEvents;
    if (!partner) return;
    const id = idOfHrSystem(name);
    const busName = partner.busOf(settings);
    const { detailType, detail } = partner;
    const eventPattern = { source: [busName], detailType: [detailType], detail: { ...detail } };
    this.#take(id, { busName, eventBus: EventBus.fromEventBusName(this, `${id}Bus`, busName), eventPattern });
  }

  #take(id: string, { busName, eventBus, eventPattern }: Taken): void {
    new Rule(this, `${id}Rule`, {
      description: 'An HR system notifies: find out what it means',
      eventBus,
      eventPattern,
      targets: [
        new SfnStateMachine(this.stateMachine, {
          deadLetterQueue: this.deadLetterQueue,
          // EventBridge's own maximum (docs/hr-events.md section "EventBridge and Step Functions"), as for canonical events.
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
    eventBus.archive(`${id}Archive`, {
      archiveName: archiveName({ stackName: Stack.of(this).stackName, keeps: id, busName }),
      description: 'Notifications of the last 30 days, for replay',
      eventPattern,
      retention: Duration.days(30),
    });
  }

  #log(): LogGroup {
    return new LogGroup(this, 'Log', { retention: this.#props.logRetention, removalPolicy: OUTLIVES_STACK });
  }
}
