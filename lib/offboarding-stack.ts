import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { OPERATOR_SOURCE, TRANSLATED_SOURCE } from '../lambdas/domain/hr-events/reporting-source.ts';
import { NOTIFICATION_SOURCE } from '../lambdas/hr-sources/hr-notification.ts';
import { SIGN_IN_CALLBACK_PATH } from '../lambdas/step-up/oidc-settings.ts';
import { acknowledgeRules } from './acknowledged-rules.ts';
import { Alarms } from './alarms.ts';
import { ApprovalChase } from './approval-chase.ts';
import { ApprovalEndpoint, SLACK_ACTIONS_PATH } from './approval-endpoint.ts';
import { CaseTable } from './case-table.ts';
import type { OffboardingConfig } from './config/offboarding-config.ts';
import { ConfigurationDocument } from './configuration-document.ts';
import { EvidenceBucket } from './evidence-bucket.ts';
import { HrEventIntake } from './hr-event-intake.ts';
import { HrNotifications } from './hr-notifications.ts';
import { HrWebhooks, webhookSystemsOf } from './hr-webhooks.ts';
import { OffboardingWorkflow } from './offboarding-workflow.ts';
import { OperatorSecret } from './operator-secret.ts';
import { OUTLIVES_STACK } from './outlives-stack.ts';
import { SourceWatch } from './source-watch.ts';
import { createFunctions } from './workflow-functions.ts';
import { WorkflowRights } from './workflow-rights.ts';

export interface OffboardingStackProps extends StackProps {
  readonly config: OffboardingConfig;
  /**
   * Whether no deployment has succeeded yet. Then nothing is protected against deletion, since CloudFormation has to delete
   * what a failed try leaves before the next one.
   */
  readonly isFirstDeployment?: boolean;
}

/** Everything that is deployed, in the order in which a leaver meets it. */
export class OffboardingStack extends Stack {
  readonly document: ConfigurationDocument;

  constructor(scope: Construct, id: string, { config, isFirstDeployment = false, ...props }: OffboardingStackProps) {
    super(scope, id, { terminationProtection: !isFirstDeployment, ...props });
    const logRetention = config.logRetentionDays;

    const document = new ConfigurationDocument(this, 'ConfigurationDocument', { config });
    this.document = document;
    const caseTable = new CaseTable(this, 'CaseTable', { isFirstDeployment });
    const evidenceBucket = new EvidenceBucket(this, 'EvidenceBucket', {
      retention: config.evidenceRetention,
      mode: config.evidenceMode,
    });
    const lastPassSecret = new OperatorSecret(this, 'LastPass', {
      holds: 'LastPass Enterprise API: JSON with cid and provhash',
    });
    const slackSecret =
      config.slack && new OperatorSecret(this, 'Slack', { holds: 'Slack: JSON with botToken and signingSecret' });
    const endpoint = new ApprovalEndpoint(this, 'ApprovalEndpoint', { logRetention });

    const functions = createFunctions(this, {
      config,
      document,
      caseTable,
      evidenceBucket,
      lastPassSecret,
      slackSecret,
      approvalBaseUrl: endpoint.api.apiEndpoint,
    });
    const workflow = new OffboardingWorkflow(this, 'Workflow', {
      steps: functions,
      approvalTimeout: config.approvalTimeout,
      logGroup: new LogGroup(this, 'WorkflowLog', { retention: logRetention, removalPolicy: OUTLIVES_STACK }),
    });

    const workflowRights = new WorkflowRights(this, 'WorkflowRights', {
      functions,
      stateMachine: workflow.stateMachine,
    });

    const intake = new HrEventIntake(this, 'HrEvents', {
      sources: [...config.hrSources, OPERATOR_SOURCE, ...(config.hrSystems.length > 0 ? [TRANSLATED_SOURCE] : [])],
      stateMachine: workflow.stateMachine,
    });
    // An event that is taken before the rights are there would fail its first steps.
    intake.node.addDependency(workflowRights);
    const hr = { systems: config.hrSystems, document, endpoint, bus: intake.bus, caseTable, logRetention };
    const hrWebhooks =
      webhookSystemsOf(hr.systems).length > 0
        ? new HrWebhooks(this, 'HrWebhooks', { ...hr, concurrency: config.hrWebhookConcurrency })
        : undefined;
    const notifications = hr.systems.length > 0 ? new HrNotifications(this, 'HrNotifications', hr) : undefined;
    endpoint.answerWith(functions);
    const chase = new ApprovalChase(this, 'ApprovalChase', { chase: functions.chaseApprovals });
    const sourceWatch = new SourceWatch(this, 'SourceWatch', {
      document,
      bus: intake.bus,
      sources: [...config.hrSources, ...(config.hrSystems.length > 0 ? [NOTIFICATION_SOURCE, TRANSLATED_SOURCE] : [])],
      receiveHrWebhook: hrWebhooks?.receive,
      caseTable,
      logRetention,
    });
    const watched = { chase, sourceWatch, watchedSources: config.watchedSources };
    const webhooks = webhookSystemsOf(config.hrSystems).map(({ name }) => name);
    new Alarms(this, 'Alarms', {
      ...{ functions, workflow, intake, notifications, endpoint, ...watched, webhooks },
      email: config.alarmEmail,
    });

    new CfnOutput(this, 'EventBusName', { value: intake.bus.eventBusName });
    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
    new CfnOutput(this, 'SecretArn', { value: lastPassSecret.secret.secretArn });
    new CfnOutput(this, 'CaseTableName', { value: caseTable.tableName });
    new CfnOutput(this, 'EvidenceBucketName', { value: evidenceBucket.bucketName });
    if (slackSecret) {
      new CfnOutput(this, 'SlackSecretArn', { value: slackSecret.secret.secretArn });
      new CfnOutput(this, 'SlackActionsUrl', { value: `${endpoint.api.apiEndpoint}${SLACK_ACTIONS_PATH}` });
    }
    if (config.oidc) {
      new CfnOutput(this, 'SignInRedirectUri', { value: `${endpoint.api.apiEndpoint}${SIGN_IN_CALLBACK_PATH}` });
    }
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: intake.deadLetterQueue.queueUrl });
    acknowledgeRules(this);
  }
}
