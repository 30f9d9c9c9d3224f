import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { CONFIG_KEY, parseOffboardingConfig } from '../../lib/config/offboarding-config.ts';
import { OffboardingStack } from '../../lib/offboarding-stack.ts';
import { SYSTEMS } from '../lambdas/hr-sources/read-fixture.ts';
import { GENERIC_SYSTEMS } from '../lambdas/hr-sources/vendors/generic-systems.ts';

const cdkJson = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')));

/** The configuration that the repository comes with. */
export const shippedConfig = cdkJson.context[CONFIG_KEY];

const config = {
  approvers: [
    { email: 'jane.doe@example.com', displayName: 'Jane Doe', role: 'Security' },
    { email: 'sam.smith@example.com', displayName: 'Sam Smith', role: 'IT operations' },
  ],
  mailSender: 'offboarding@example.com',
};

/** Everything that a company may add to the defaults: a configuration set for mails, Slack with a channel, its own sign-in with a secret, HR systems. */
export const EVERYTHING = {
  alarmEmail: 'operations@example.com',
  mailConfigurationSet: 'offboarding-mails',
  slack: { channel: 'C0123456789' },
  oidc: {
    issuer: 'https://login.example.com',
    clientId: 'offboarding',
    clientSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:oidc-client-AbCdEf',
  },
  hrSystems: [...GENERIC_SYSTEMS, ...SYSTEMS.filter(({ kind }) => kind === 'okta' || kind === 'bamboohr')],
};

type Change = Readonly<Record<string, unknown>>;
interface Deployment {
  readonly stackName?: string;
  readonly isFirstDeployment?: boolean;
}

const made = new Map<string, ReturnType<typeof synthesizeAnew>>();

/**
 * The stack as `cdk deploy` would make it, with the defaults of its configuration and without bundling. Made once in a
 * process for each configuration, which takes a second: whoever changes what they get makes it anew.
 */
export function synthesize(change: Change = {}, deployment: Deployment = {}) {
  const key = JSON.stringify([change, deployment]);
  const known = made.get(key) ?? synthesizeAnew(change, deployment);
  made.set(key, known);
  return known;
}

export function synthesizeAnew(
  change: Change,
  { stackName = 'LastPassOffboarding', isFirstDeployment = false }: Deployment = {},
) {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
  const stack = new OffboardingStack(app, stackName, {
    isFirstDeployment,
    config: parseOffboardingConfig({ ...config, ...change }),
  });
  return { app, stack, template: Template.fromStack(stack) };
}

/** Properties of all resources of a type by their logical ids, without the hashes that CDK appends. */
export function propertiesOf<Properties>(template: Template, type: string, schema: z.ZodType<Properties>) {
  const found = Object.entries(template.findResources(type));
  return new Map(found.map(([id, resource]) => [withoutHash(id), schema.parse(resource.Properties ?? {})]));
}

/** A value of the template as short text: `CaseTable`, `EvidenceBucket/*`. */
export function shortText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': sub, ...rest } = intrinsicSchema.parse(value);
  const { 'Fn::Select': select } = rest;
  if (sub !== undefined) return sub.replace(/\$\{([^}]+)\}/g, '$1');
  if (select !== undefined) return shortText(select[1]['Fn::Split'][1]);
  if (Ref !== undefined) return withoutHash(Ref);
  if (attribute !== undefined) return withoutHash(attribute[0]);
  return (join?.[1] ?? []).map(shortText).join('');
}

const intrinsicSchema = z.strictObject({
  Ref: z.string().optional(),
  'Fn::GetAtt': z.tuple([z.string(), z.string()]).optional(),
  'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]).optional(),
  'Fn::Sub': z.string().optional(),
  /** Of an ARN, what comes after the service's own beginning. */
  'Fn::Select': z.tuple([z.literal(6), z.object({ 'Fn::Split': z.tuple([z.literal(':'), z.unknown()]) })]).optional(),
});

function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}
