import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { configurationDocumentSchema } from '../../lambdas/configuration/configuration-document.ts';
import { environmentSchema } from '../../lambdas/environment.ts';
import { LARGE_COMPANY } from './large-company.ts';
import { EVERYTHING, propertiesOf, shortText, synthesize, synthesizeAnew } from './synthesized.ts';

const ALL = { ...EVERYTHING, ...LARGE_COMPANY };
let large: ReturnType<typeof synthesizeAnew>;
beforeAll(() => {
  large = synthesizeAnew(ALL);
});

const READERS = [
  ...['OpenCase', 'RequestApproval', 'AnnounceOutcome', 'NotifyLateChange', 'ChaseApprovals'],
  ...['NoteHrSource', 'WatchSources', 'ReceiveHrWebhook', 'TranslateNotification'],
];

it('every function is told less than Lambda allows, 4 KB, by a company of fifty approvers and thirty HR systems', () => {
  const sizes = [...functionsOf(large)].map(([name, told]) => [name, bytesOf(told)] as const);
  expect(sizes.length).toBe(18);
  expect(sizes.filter(([, bytes]) => bytes > 4096)).toEqual([]);
});

it('and AWS takes the rest of it: resources, outputs, policies', () => {
  const { Resources, Outputs } = templateSchema.parse(large.template.toJSON());
  expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
  expect(Object.keys(Outputs).length).toBeLessThanOrEqual(200);
  const inline = propertiesOf(large.template, 'AWS::IAM::Policy', policySchema);
  expect([...inline].filter(([, { PolicyDocument }]) => policyLength(PolicyDocument) > 10_240)).toEqual([]);
  const managed = propertiesOf(large.template, 'AWS::IAM::ManagedPolicy', policySchema);
  expect([...managed].filter(([, { PolicyDocument }]) => policyLength(PolicyDocument) > 6_144)).toEqual([]);
});

it('and it follows the AwsSolutions rules, or says where and why not', () => {
  const { app, stack } = large;
  expect(new AwsSolutionsChecks(app).validateScope(stack).violations).toEqual([]);
});

it('the document holds what is configured, and lies among the files that are deployed, by its hash', () => {
  const { app, stack } = large;
  const { text } = stack.document;
  const { approvers, fallbackApprovers, hrSystems, locations } = LARGE_COMPANY;

  const document = configurationDocumentSchema.parse(JSON.parse(text));
  const withAbsences = (one: object) => ({ absences: [], ...one });

  expect(document).toMatchObject({ locations, hrSystems, fallbackApprovers: fallbackApprovers.map(withAbsences) });
  expect(document.approvers).toEqual(approvers.map(withAbsences));
  expect(document.watchedSources).toHaveLength(31);
  const assembly = app.synth();
  const { files } = manifestSchema.parse(readJson(join(assembly.directory, `${stack.artifactId}.assets.json`)));
  const published = files[sha256(text)];
  expect(published?.source.packaging).toBe('file');
  expect(readFileSync(join(assembly.directory, published?.source.path ?? ''), 'utf8')).toBe(text);
  expect(Object.values(published?.destinations ?? {}).map(({ objectKey }) => objectKey)).toEqual([
    `${sha256(text)}.json`,
  ]);
});

it('who reads it is told where it lies and its hash, and nobody else', () => {
  for (const [name, told] of functionsOf(large)) {
    const { CONFIGURATION_DOCUMENT: url } = told;
    expect({ [name]: url !== undefined }).toEqual({ [name]: READERS.includes(name) });
    if (url === undefined) continue;
    const { sha256: hash } = environmentSchema.shape.CONFIGURATION_DOCUMENT.parse(shortText(url));
    expect(hash).toBe(sha256(large.stack.document.text));
  }
});

it('another configuration is another document, and the same one the same', () => {
  const some = keyOf(synthesizeAnew({}));
  expect(keyOf(synthesizeAnew({}))).toBe(some);
  expect(keyOf(synthesizeAnew({ locations: { Melbourne: 'Australia/Melbourne' } }))).not.toBe(some);
});

it('what disabling needs is told in variables: protected accounts, who may report, and places as long as they fit', () => {
  const told = (synthesized: typeof large, name: string) => functionsOf(synthesized).get(name) ?? {};
  expect(told(large, 'DisableAccount')).toMatchObject({
    PROTECTED_ACCOUNTS: JSON.stringify(LARGE_COMPANY.protectedAccounts),
  });
  expect(told(large, 'OpenCase')).toHaveProperty('REPORTING_SYSTEMS');
  expect(told(large, 'OpenCase')).not.toHaveProperty('LOCATIONS');
  const places = { Melbourne: 'Australia/Melbourne' };
  const some = synthesize({ locations: places });
  expect(told(some, 'OpenCase')).toMatchObject({ LOCATIONS: JSON.stringify(places) });
});

function functionsOf({ template }: typeof large) {
  const functions = propertiesOf(template, 'AWS::Lambda::Function', functionSchema);
  return new Map([...functions].map(([name, { Environment }]) => [name, Environment.Variables]));
}

function keyOf({ stack }: typeof large): string {
  return shortText(stack.resolve(stack.document.arn));
}

/** Bytes of a function's variables when they are deployed, names and all. */
function bytesOf(told: Readonly<Record<string, unknown>>): number {
  return Object.entries(told).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + deployedText(value)), 0);
}

/** Characters of a policy when it is deployed, without white space, as IAM counts. */
function policyLength(document: unknown): number {
  const isIntrinsic = (value: object) => Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  return JSON.stringify(document, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && isIntrinsic(value) ? deployedText(value) : value,
  ).length;
}

/** A value as text of the length that it has when it is deployed: references become ARNs, names and addresses. */
function deployedText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::Sub': sub, 'Fn::Select': select, Ref } = intrinsicSchema.parse(value);
  if (join !== undefined) return join[1].map(deployedText).join('');
  if (sub !== undefined) return sub.replace(/\$\{AWS::\w+\}/g, 'ap-southeast-1');
  // A secret's name in full is its logical id, a hyphen and twelve characters; its ARN ends with a hyphen and six more.
  if (select !== undefined) return `${select[1]['Fn::Split'][1]['Fn::GetAtt'][0]}-123456789012-123456`;
  if (Ref?.startsWith('AWS::')) return 'ap-southeast-1';
  return 'x'.repeat(Ref === undefined ? 120 : 70);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

const intrinsicSchema = z.object({
  'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]).optional(),
  'Fn::Sub': z.string().optional(),
  'Fn::Select': z
    .tuple([
      z.literal(6),
      z.object({
        'Fn::Split': z.tuple([z.literal(':'), z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Id')]) })]),
      }),
    ])
    .optional(),
  'Fn::GetAtt': z.unknown().optional(),
  Ref: z.string().optional(),
});
const functionSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });
const policySchema = z.object({ PolicyDocument: z.record(z.string(), z.unknown()) });
const templateSchema = z.object({
  Resources: z.record(z.string(), z.unknown()),
  Outputs: z.record(z.string(), z.unknown()),
});
const manifestSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});
