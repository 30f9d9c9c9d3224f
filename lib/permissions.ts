import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { KEY_STARTS, type KeyStart, STATUS_INDEX } from '../lambdas/cases/table-keys.ts';
import type { ConfigurationDocument } from './configuration-document.ts';
import type { OperatorSecret } from './operator-secret.ts';

/** One statement per thing that a function does. Written out, because CDK's own grants give more than is used. */

/** Cases and what lies beside them are read and put whole; nothing is ever deleted or scanned. */
export function readAndWriteCases(table: TableV2): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [table.tableArn] });
}

export function listCasesByStatus(table: TableV2): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${STATUS_INDEX}`] });
}

/** This very document: its bucket holds whatever else is deployed in the account. */
export function readConfiguration({ arn }: ConfigurationDocument): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:GetObject'], resources: [arn] });
}

/** The key opens only through Secrets Manager, not for a ciphertext that somebody brings along. */
export function readOperatorSecret({ secret, key }: OperatorSecret): PolicyStatement[] {
  const viaSecretsManager = { 'kms:ViaService': `secretsmanager.${Stack.of(key).region}.amazonaws.com` };
  return [
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: { StringEquals: viaSecretsManager },
    }),
  ];
}

/** Tokens that their issuer replaces are stored back: a new value of this secret, and nothing else about it. */
export function renewOperatorSecret({ secret, key }: OperatorSecret): PolicyStatement[] {
  const viaSecretsManager = { 'kms:ViaService': `secretsmanager.${Stack.of(key).region}.amazonaws.com` };
  return [
    new PolicyStatement({ actions: ['secretsmanager:PutSecretValue'], resources: [secret.secretArn] }),
    new PolicyStatement({
      actions: ['kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: viaSecretsManager },
    }),
  ];
}

/**
 * Any verified identity, but one sender. The identity may be the address or a domain above it, and in the SES sandbox
 * the recipient's identity is checked as well, so it is the sender that is fixed. SES asks for the configuration set too,
 * whether the mail names it or the identity has it as its default.
 */
export function sendMailAs(
  { sender, configurationSet }: { readonly sender: string; readonly configurationSet: string | undefined },
  scope: Construct,
): PolicyStatement {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ses', resource, resourceName });
  return new PolicyStatement({
    actions: ['ses:SendEmail'],
    resources: [
      arn('identity', '*'),
      ...(configurationSet === undefined ? [] : [arn('configuration-set', configurationSet)]),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': sender } },
  });
}

/**
 * Tries of a code, and whether it was used, are counted by the only updates in place. Codes lie beside their link; a
 * case, whose item begins otherwise, cannot be changed this way.
 */
export function spendCodes(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:UpdateItem'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.link),
  });
}

/** The messages that ask about a case in Slack lie beside it. */
export function findSlackMessages(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:Query'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.case),
  });
}

/** Whether an approver is a leaver: every spelling of their address lies under one key. */
export function findLeavers(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:Query'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.leaver),
  });
}

/** Whether deletes are paused, and the leavers of the last hour. */
export function lookAtBrake(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:Query'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.brake),
  });
}

/** Marks are put by condition, so none is ever read; cases and what lies beside them begin otherwise. */
export function markDeliveries(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.hrDelivery),
  });
}

/** Under one source only: what starts cases has another, and must not be said by whoever merely passes on. */
export function putEventsFrom(source: string, bus: EventBus): PolicyStatement {
  return new PolicyStatement({
    actions: ['events:PutEvents'],
    resources: [bus.eventBusArn],
    conditions: { StringEquals: { 'events:source': source } },
  });
}

/** Parked events begin otherwise than cases and what lies beside them. */
export function parkEvents(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.parked),
  });
}

/** When each HR source was heard, and since when it is watched. */
export function watchSources(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.source),
  });
}

export function noteSources(table: TableV2): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [table.tableArn],
    conditions: keysStarting(KEY_STARTS.source),
  });
}

/** Every partition key that a request names must match: DynamoDB compares them before it looks at any item. */
function keysStarting(start: KeyStart) {
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${start}*`] } };
}

/** A secret of the operators' own, encrypted with AWS's key for Secrets Manager: a key of theirs would need a grant. */
export function readClientSecret(secretArn: string): PolicyStatement {
  return new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] });
}

export function answerWaitingTask({ stateMachineArn }: StateMachine): PolicyStatement {
  return new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: [stateMachineArn] });
}

/** For executions that lost their case: those that have it go on by success or by time alone. */
export function endWaitingTask({ stateMachineArn }: StateMachine): PolicyStatement {
  return new PolicyStatement({ actions: ['states:SendTaskFailure'], resources: [stateMachineArn] });
}

/** All executions of one state machine. */
export function describeExecutions(stateMachine: StateMachine): PolicyStatement {
  const executions = Stack.of(stateMachine).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachine.stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [executions] });
}

/** Writing, and reading what was written first. No listing, no deleting, no change of retention. */
export function sealEvidence(bucket: Bucket): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject'], resources: [bucket.arnForObjects('*')] });
}
