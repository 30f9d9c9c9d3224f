import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentSchema } from '../../lambdas/environment.ts';
import { StepLambda } from '../../lib/step-lambda.ts';
import { propertiesOf, synthesize } from './synthesized.ts';

let synthesized: ReturnType<typeof synthesize>;
beforeAll(() => {
  synthesized = synthesize();
});

describe('functions', () => {
  it('all run on Node 24 and arm64, are traced, and end before the workflow gives up on them', () => {
    const functions = propertiesOf(synthesized.template, 'AWS::Lambda::Function', functionSchema);
    expect(functions.size).toBe(10);
    for (const { Runtime, Architectures, TracingConfig, Timeout } of functions.values()) {
      expect({ Runtime, Architectures, Mode: TracingConfig.Mode }).toEqual({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Mode: 'Active',
      });
      expect(Timeout).toBeLessThan(150);
    }
  });

  it('each is told exactly what its handler parses at cold start', () => {
    const functions = propertiesOf(synthesized.template, 'AWS::Lambda::Function', functionSchema);
    for (const { node, entry } of synthesized.stack.node.children.filter((child) => child instanceof StepLambda)) {
      const parsed = readFileSync(entry, 'utf8').match(/\b[A-Z_]+(?=: true\b)/g);
      const told = Object.keys(functions.get(node.id)?.Environment.Variables ?? {});
      const own = told.filter((name) => name in environmentSchema.shape);
      expect({ [node.id]: own.sort() }).toEqual({ [node.id]: parsed?.sort() });
    }
  });

  it('texts in the environment are what the functions read', () => {
    const { Environment } =
      propertiesOf(synthesized.template, 'AWS::Lambda::Function', functionSchema).get('RequestApproval') ?? {};
    const read = environmentSchema
      .pick({ APPROVERS: true, APPROVAL_TIMEOUT_SECONDS: true, HOLD_SECONDS: true })
      .parse(Environment?.Variables);
    expect(read.APPROVERS.map(({ email }) => email)).toEqual(['jane.doe@example.com', 'sam.smith@example.com']);
    expect(read).toMatchObject({ APPROVAL_TIMEOUT_SECONDS: 7 * 86_400, HOLD_SECONDS: 86_400 });
  });

  it('each writes to a log group of its own, which forgets after the configured time and survives the stack', () => {
    const groups = synthesized.template.findResources('AWS::Logs::LogGroup');
    for (const { Properties, DeletionPolicy } of Object.values(groups)) {
      expect({ kept: Properties.RetentionInDays, DeletionPolicy }).toEqual({ kept: 365, DeletionPolicy: 'Retain' });
    }
    const functions = propertiesOf(synthesized.template, 'AWS::Lambda::Function', functionSchema);
    const used = [...functions.values()].map(({ LoggingConfig }) => LoggingConfig.LogGroup.Ref);
    expect(new Set(used).size).toBe(functions.size);
    expect(used.every((group) => group in groups)).toBe(true);
  });
});

describe('what is kept', () => {
  it('cases can be put back to any second, and neither a deployment nor a mistake deletes them', () => {
    synthesized.template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
  });

  it('evidence is locked for seven years from the moment it is written, and no lifecycle removes it', () => {
    synthesized.template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 7 * 366 } } },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: Match.absent(),
        LoggingConfiguration: { DestinationBucketName: Match.anyValue() },
      },
    });
  });

  it('no bucket can be opened to the public or be spoken to without TLS', () => {
    const buckets = propertiesOf(synthesized.template, 'AWS::S3::Bucket', bucketSchema);
    for (const { PublicAccessBlockConfiguration } of buckets.values()) {
      expect(Object.values(PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    }
    const policies = JSON.stringify(synthesized.template.findResources('AWS::S3::BucketPolicy'));
    expect(policies.split('"aws:SecureTransport":"false"')).toHaveLength(buckets.size + 1);
  });

  it('the template holds no LastPass credentials, nor a placeholder that a deployment could put in their place', () => {
    synthesized.template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      Properties: { SecretString: Match.absent(), GenerateSecretString: Match.absent(), KmsKeyId: Match.anyValue() },
    });
    synthesized.template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  it('the history of an execution is logged without names, addresses or task tokens', () => {
    synthesized.template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { IncludeExecutionData: false },
    });
  });
});

it('follows the AwsSolutions rules, or says where and why not', () => {
  const { app, stack } = synthesized;
  expect(new AwsSolutionsChecks(app).validateScope(stack).violations).toEqual([]);
});

const functionSchema = z.object({
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Timeout: z.number(),
  TracingConfig: z.object({ Mode: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }),
});

const bucketSchema = z.object({ PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()) });
