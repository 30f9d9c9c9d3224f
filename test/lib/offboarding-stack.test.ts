import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EXPIRY_ATTRIBUTE } from '../../lambdas/cases/table-keys.ts';
import { environmentSchema } from '../../lambdas/environment.ts';
import { StepLambda } from '../../lib/step-lambda.ts';
import { EVERYTHING, propertiesOf, synthesize, synthesizeAnew } from './synthesized.ts';

const ROOT = join(import.meta.dirname, '../..');

let synthesized: ReturnType<typeof synthesize>;
let withEverything: ReturnType<typeof synthesize>;
beforeAll(() => {
  synthesized = synthesize();
  withEverything = synthesize(EVERYTHING);
});

describe('functions', () => {
  it('all run on Node 24 and arm64, are traced, and end before the workflow gives up on them', () => {
    const functions = propertiesOf(withEverything.template, 'AWS::Lambda::Function', functionSchema);
    expect(functions.size).toBe(18);
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
    // Slack's own address is what the client knows, and another one is for a stand-in, as is an HR API on this machine.
    expect(toldIn(withEverything)).toEqual(
      parsedIn(withEverything, (name) => name !== 'SLACK_API_URL' && name !== 'HR_API_ON_THIS_MACHINE'),
    );
  });

  it('without Slack, a sign-in of the company’s own and HR systems, none is told of them', () => {
    const isNeeded = (name: string) => !/^(SLACK|OIDC)_|^(MAIL_CONFIGURATION_SET|OPERATOR_EMAIL)$/.test(name);
    expect(toldIn(synthesized)).toEqual(parsedIn(synthesized, isNeeded));
    expect(Object.keys(toldIn(synthesized))).not.toContain('AnswerSlack');
    expect(Object.keys(toldIn(synthesized))).not.toContain('ReceiveHrWebhook');
  });

  it('texts in the environment are what the functions read', () => {
    const { Environment } =
      propertiesOf(synthesized.template, 'AWS::Lambda::Function', functionSchema).get('RequestApproval') ?? {};
    const read = environmentSchema
      .pick({ VOTING_RULES: true, APPROVAL_TIMEOUT_SECONDS: true, HOLD_SECONDS: true })
      .parse(Environment?.Variables);
    expect(read.VOTING_RULES.confirmedBy).toEqual(['code']);
    expect(read).toMatchObject({ APPROVAL_TIMEOUT_SECONDS: 7 * 86_400, HOLD_SECONDS: 86_400 });
  });

  it('each writes to a log group of its own, which forgets after the configured time and survives the stack', () => {
    const groups = synthesized.template.findResources('AWS::Logs::LogGroup');
    for (const { Properties, DeletionPolicy } of Object.values(groups)) {
      expect({ kept: Properties.RetentionInDays, DeletionPolicy }).toEqual({
        kept: 365,
        DeletionPolicy: 'RetainExceptOnCreate',
      });
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
      DeletionPolicy: 'RetainExceptOnCreate',
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

  it('marks of requests, how far a read has come and counted leavers are forgotten, and nothing else in the table expires', () => {
    synthesized.template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      TimeToLiveSpecification: { AttributeName: EXPIRY_ATTRIBUTE, Enabled: true },
    });
    const handlers = globSync('lambdas/**/*.ts', { cwd: ROOT }).filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('EXPIRY_ATTRIBUTE'),
    );
    expect(handlers.sort()).toEqual([
      'lambdas/cases/dynamo-directory-readings.ts',
      'lambdas/cases/leaver-counter.ts',
      'lambdas/cases/table-keys.ts',
      'lambdas/hr-notifications/replay-guard.ts',
      'lambdas/slack/slack-nonce.ts',
    ]);
  });

  it('whoever may have to read everybody at LastPass has a core for it, and garbage that is collected early', () => {
    const functions = Object.values(
      synthesized.template.findResources('AWS::Lambda::Function', {
        Properties: {
          MemorySize: 1_769,
          Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps --max-semi-space-size=4' } },
        },
      }),
    );
    expect(functions).toHaveLength(4);
  });

  it('evidence is locked for seven years from the moment it is written, and no lifecycle removes it', () => {
    synthesized.template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
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

  it('the template holds no credentials, nor a placeholder that a deployment could put in their place', () => {
    const { template } = withEverything;
    const empty = {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { SecretString: Match.absent(), GenerateSecretString: Match.absent(), KmsKeyId: Match.anyValue() },
    };
    template.resourceCountIs('AWS::SecretsManager::Secret', 6);
    template.allResources('AWS::SecretsManager::Secret', empty);
    template.allResourcesProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    synthesized.template.resourceCountIs('AWS::SecretsManager::Secret', 1);
  });

  it('the history of an execution is logged without names, addresses or task tokens', () => {
    synthesized.template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { IncludeExecutionData: false },
    });
  });
});

it.each([
  ['with the defaults', {}],
  ['with Slack, a sign-in of the company’s own and HR systems', EVERYTHING],
])('follows the AwsSolutions rules, or says where and why not, %s', (_what, configured) => {
  const { app, stack } = synthesizeAnew(configured);
  expect(new AwsSolutionsChecks(app).validateScope(stack).violations).toEqual([]);
});

/** What each function is told of the variables that handlers know. */
function toldIn({ template }: ReturnType<typeof synthesize>) {
  const functions = propertiesOf(template, 'AWS::Lambda::Function', functionSchema);
  return Object.fromEntries(
    [...functions].map(([name, { Environment }]) => [
      name,
      Object.keys(Environment.Variables)
        .filter((variable) => variable in environmentSchema.shape)
        .sort(),
    ]),
  );
}

/** The variables that each function's handler picks, as far as they are needed. */
function parsedIn({ stack }: ReturnType<typeof synthesize>, isNeeded: (name: string) => boolean) {
  const functions = stack.node.children.filter((child) => child instanceof StepLambda);
  return Object.fromEntries(
    functions.map(({ node, entry }) => {
      const picked = new Set(readFileSync(entry, 'utf8').match(/\b[A-Z_]+(?=: true\b)/g));
      return [node.id, [...picked].filter(isNeeded).sort()];
    }),
  );
}

const functionSchema = z.object({
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Timeout: z.number(),
  TracingConfig: z.object({ Mode: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }),
});

const bucketSchema = z.object({ PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()) });
