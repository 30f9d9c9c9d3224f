import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NOTIFICATION_SOURCE } from '../lambdas/hr-sources/hr-notification.ts';
import { findHrSource } from '../lambdas/hr-sources/vendors/hr-sources.ts';
import type { ApprovalEndpoint } from './approval-endpoint.ts';
import { type ConfiguredHrSystem, idOfHrSystem } from './config/hr-systems.ts';
import type { ConfigurationDocument } from './configuration-document.ts';
import { OperatorSecret } from './operator-secret.ts';
import { markDeliveries, putEventsFrom, readConfiguration, readOperatorSecret } from './permissions.ts';
import { secretArns } from './secret-arns.ts';
import { StepLambda } from './step-lambda.ts';

export interface HrWebhooksProps {
  readonly systems: readonly ConfiguredHrSystem[];
  /** Where the function reads them. */
  readonly document: ConfigurationDocument;
  /** Where the webhooks are answered. */
  readonly endpoint: ApprovalEndpoint;
  /** Where deliveries go. */
  readonly bus: EventBus;
  readonly caseTable: TableV2;
  readonly logRetention: RetentionDays;
  /** The most of the account's concurrent functions that webhooks may take. */
  readonly concurrency?: number | undefined;
}

/** HR systems wait no longer themselves, and a request that hangs holds one of the account's concurrent functions. */
const RECEIVING_TIMEOUT = Duration.seconds(10);

/** Those of the configured systems that send webhooks. */
export function webhookSystemsOf(systems: readonly ConfiguredHrSystem[]): readonly ConfiguredHrSystem[] {
  return systems.filter(({ kind }) => findHrSource(kind)?.comesBy === 'webhook');
}

/** Where HR systems report to: an address and a secret for each, and one function that checks and passes on. */
export class HrWebhooks extends Construct {
  readonly receive: StepLambda;
  readonly secrets: ReadonlyMap<string, OperatorSecret>;

  constructor(scope: Construct, id: string, props: HrWebhooksProps) {
    super(scope, id);
    const { endpoint, caseTable, bus, document } = props;
    const systems = webhookSystemsOf(props.systems);
    const holds = (name: string) => `the key that ${name} signs its webhooks with: JSON, see the runbook`;
    this.secrets = new Map(
      systems.map(({ name }) => [name, new OperatorSecret(this, idOfHrSystem(name), { holds: holds(name) })]),
    );
    // Beside the other functions, not below this construct: a function's id is its name everywhere.
    this.receive = new StepLambda(scope, 'ReceiveHrWebhook', {
      folder: 'hr-notifications',
      environment: {
        CASE_TABLE_NAME: caseTable.tableName,
        EVENT_BUS_NAME: bus.eventBusName,
        ...document.environment,
        HR_WEBHOOK_SECRETS: secretArns(this, this.secrets),
      },
      allow: [
        readConfiguration(document),
        ...[...this.secrets.values()].flatMap(readOperatorSecret),
        markDeliveries(caseTable),
        putEventsFrom(NOTIFICATION_SOURCE, bus),
      ],
      logRetention: props.logRetention,
      timeout: RECEIVING_TIMEOUT,
      reservedConcurrency: props.concurrency,
    });
    endpoint.answerHrWith(this.receive, [...this.secrets.keys()]);
    for (const [name, { secret }] of this.secrets) {
      new CfnOutput(scope, `HrWebhookUrl${idOfHrSystem(name)}`, { value: `${endpoint.api.apiEndpoint}/hr/${name}` });
      new CfnOutput(scope, `HrWebhookSecretArn${idOfHrSystem(name)}`, { value: secret.secretArn });
    }
  }
}
