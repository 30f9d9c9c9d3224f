import { Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { STATUS_INDEX } from '../lambdas/cases/table-keys.ts';
import type { LastPassSecret } from './lastpass-secret.ts';

/** One statement per thing that a function does. Written out, because CDK's own grants give more than is used. */

/** Cases are read and replaced whole; nothing is ever deleted, scanned or updated in place. */
export function readAndWriteCases(table: TableV2): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [table.tableArn] });
}

export function listCasesByStatus(table: TableV2): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${STATUS_INDEX}`] });
}

/** The key opens only through Secrets Manager, not for a ciphertext that somebody brings along. */
export function readLastPassSecret({ secret, key }: LastPassSecret): PolicyStatement[] {
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

/**
 * Any verified identity, but one sender. The identity may be the address or a domain above it, and in the SES sandbox
 * the recipient's identity is checked as well, so it is the sender that is fixed.
 */
export function sendMailAs(sender: string, scope: Construct): PolicyStatement {
  return new PolicyStatement({
    actions: ['ses:SendEmail'],
    resources: [Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })],
    conditions: { StringEquals: { 'ses:FromAddress': sender } },
  });
}

export function answerWaitingTask(stateMachineArn: string): PolicyStatement {
  return new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: [stateMachineArn] });
}

export function describeExecutions(executionArns: string): PolicyStatement {
  return new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [executionArns] });
}

/** Writing, and reading what was written first. No listing, no deleting, no change of retention. */
export function sealEvidence(bucket: Bucket): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject'], resources: [bucket.arnForObjects('*')] });
}
