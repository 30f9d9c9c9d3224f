import { CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { OperatorSecret } from './operator-secret.ts';
import { StepLambda } from './step-lambda.ts';

const IS_A_DEAD_LETTER_QUEUE = 'It is a dead-letter queue itself: of a rule, not of another queue.';
const FIXED_SENDER = 'A condition fixes the sender; the identity may be the address or a domain above it.';
const SENDERS = [
  'RequestApproval',
  'AnnounceOutcome',
  'NotifyLateChange',
  'ChaseApprovals',
  'AnswerApproval',
  'AnswerSlack',
];
const SLACK_ROTATION = 'Slack rotates signing secrets in its own console only; see the runbook.';
const HR_ROTATION = 'The HR system makes keys and tokens, in its own console; see the runbook.';
const TRACING = 'X-Ray offers no resource to name.';
const LOG_DELIVERY = 'Neither X-Ray nor the delivery of logs offers a resource to name.';

/** Records which AwsSolutions rules are not followed, where, and why. What is not listed here fails the synthesis. */
export function acknowledgeRules(stack: Stack): void {
  const acknowledge = (path: string, id: string, reason: string) =>
    Validations.of(path.split('/').reduce<IConstruct>((at, name) => at.node.findChild(name), stack)).acknowledge({
      id: `AwsSolutions-${id}`,
      reason,
    });
  const own = (service: string, resource: string) =>
    `IAM5[Resource::arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${resource}]`;

  acknowledge('LastPass/Secret', 'SMG4', 'LastPass resets a provisioning hash in its console only; see the runbook.');
  acknowledge(
    'ApprovalEndpoint/Api',
    'APIG4',
    'The link is the authorization: 256 random bits, stored as a hash only. HR systems and Slack sign what they send.',
  );
  acknowledge('HrEvents/DeadLetterQueue', 'SQS3', IS_A_DEAD_LETTER_QUEUE);
  acknowledge('ApprovalChase/DeadLetterQueue', 'SQS3', IS_A_DEAD_LETTER_QUEUE);
  acknowledge('SourceWatch/DeadLetterQueue', 'SQS3', IS_A_DEAD_LETTER_QUEUE);
  for (const sender of SENDERS.filter((id) => stack.node.tryFindChild(id))) {
    acknowledge(`${sender}Role`, own('ses', 'identity/*'), FIXED_SENDER);
  }
  if (stack.node.tryFindChild('Slack')) acknowledge('Slack/Secret', 'SMG4', SLACK_ROTATION);
  const webhooks = stack.node.tryFindChild('HrWebhooks');
  for (const secret of webhooks?.node.children.filter((child) => child instanceof OperatorSecret) ?? []) {
    acknowledge(`HrWebhooks/${secret.node.id}/Secret`, 'SMG4', HR_ROTATION);
  }
  acknowledgeHrNotifications(stack, acknowledge);
  acknowledge('WorkflowRights/LookAtExecutions', ofItsExecutions(stack), 'Executions of one state machine.');
  acknowledge('SealEvidenceRole', onResource(stack, 'EvidenceBucket', '/*'), 'Objects of one bucket.');
  acknowledge('Workflow/StateMachine/Role', 'IAM5[Resource::*]', LOG_DELIVERY);
  for (const step of stack.node.children.filter((child) => child instanceof StepLambda)) {
    acknowledge(`${step.node.id}Role`, 'IAM5[Resource::*]', TRACING);
    acknowledge('Workflow/StateMachine/Role', onResource(stack, step.node.id, ':*'), 'Versions of its own function.');
  }
}

const IN_HR_NOTIFICATIONS = ['TranslateNotification', 'ParkNotification'];

function acknowledgeHrNotifications(
  stack: Stack,
  acknowledge: (path: string, id: string, reason: string) => void,
): void {
  const notifications = stack.node.tryFindChild('HrNotifications');
  if (!notifications) return;
  acknowledge('HrNotifications/DeadLetterQueue', 'SQS3', IS_A_DEAD_LETTER_QUEUE);
  acknowledge('HrNotifications/StateMachine/Role', 'IAM5[Resource::*]', LOG_DELIVERY);
  for (const id of IN_HR_NOTIFICATIONS) {
    acknowledge('HrNotifications/StateMachine/Role', onResource(stack, id, ':*'), 'Versions of its own function.');
  }
  for (const secret of notifications.node.children.filter((child) => child instanceof OperatorSecret)) {
    acknowledge(`HrNotifications/${secret.node.id}/Secret`, 'SMG4', HR_ROTATION);
  }
}

function onResource(stack: Construct, id: string, suffix: string): string {
  return `IAM5[Resource::<${logicalIdOf(stack.node.findChild(id))}.Arn>${suffix}]`;
}

function ofItsExecutions(stack: Construct): string {
  const machine = logicalIdOf(stack.node.findChild('Workflow').node.findChild('StateMachine'));
  return `IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machine}.Name>:*]`;
}

/** cdk-nag names a finding after the logical id of the resource. */
function logicalIdOf(construct: IConstruct): string {
  const resource = construct.node.defaultChild;
  if (!CfnElement.isCfnElement(resource)) throw new TypeError(`${construct.node.path} is no single resource`);
  return Stack.of(construct).resolve(resource.logicalId);
}
