import { ArnFormat, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledgeRules } from './acknowledged-rules.ts';
import { Alarms } from './alarms.ts';
import { ApprovalChase } from './approval-chase.ts';
import { ApprovalEndpoint } from './approval-endpoint.ts';
import { CaseTable } from './case-table.ts';
import { EvidenceBucket } from './evidence-bucket.ts';
import { HrEventIntake } from './hr-event-intake.ts';
import { LastPassSecret } from './lastpass-secret.ts';
import type { OffboardingConfig } from './offboarding-config.ts';
import { OffboardingWorkflow } from './offboarding-workflow.ts';
import { createFunctions } from './workflow-functions.ts';

export interface OffboardingStackProps extends StackProps {
  readonly config: OffboardingConfig;
}

/** Everything that is deployed, in the order in which a leaver meets it. */
export class OffboardingStack extends Stack {
  constructor(scope: Construct, id: string, { config, ...props }: OffboardingStackProps) {
    super(scope, id, props);
    const logRetention = config.logRetentionDays;
    const stateMachineName = this.stackName;

    const caseTable = new CaseTable(this, 'CaseTable');
    const evidenceBucket = new EvidenceBucket(this, 'EvidenceBucket', {
      retention: config.evidenceRetention,
      mode: config.evidenceMode,
    });
    const lastPassSecret = new LastPassSecret(this, 'LastPass');
    const endpoint = new ApprovalEndpoint(this, 'ApprovalEndpoint', { logRetention });

    const functions = createFunctions(this, {
      config,
      caseTable,
      evidenceBucket,
      lastPassSecret,
      approvalBaseUrl: endpoint.api.apiEndpoint,
      stateMachineArn: this.#statesArn('stateMachine', stateMachineName),
      executionArns: this.#statesArn('execution', `${stateMachineName}:*`),
    });
    const workflow = new OffboardingWorkflow(this, 'Workflow', {
      steps: functions,
      stateMachineName,
      approvalTimeout: config.approvalTimeout,
      logGroup: new LogGroup(this, 'WorkflowLog', { retention: logRetention, removalPolicy: RemovalPolicy.RETAIN }),
    });

    const intake = new HrEventIntake(this, 'HrEvents', {
      sources: config.hrSources,
      stateMachine: workflow.stateMachine,
    });
    endpoint.answerWith(functions.answerApproval);
    new ApprovalChase(this, 'ApprovalChase', { chase: functions.chaseApprovals });
    new Alarms(this, 'Alarms', { functions, workflow, intake, endpoint, email: config.alarmEmail });

    new CfnOutput(this, 'EventBusName', { value: intake.bus.eventBusName });
    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
    new CfnOutput(this, 'SecretArn', { value: lastPassSecret.secret.secretArn });
    new CfnOutput(this, 'CaseTableName', { value: caseTable.tableName });
    new CfnOutput(this, 'EvidenceBucketName', { value: evidenceBucket.bucketName });
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: intake.deadLetterQueue.queueUrl });
    acknowledgeRules(this);
  }

  #statesArn(resource: string, resourceName: string): string {
    return this.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }
}
