import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileEventPattern } from '../../local/aws/event-bridge/event-pattern.ts';
import { resolveTemplate } from '../../local/aws/template/template.ts';
import { notificationOf } from '../lambdas/hr-notifications/hr-notifications.ts';
import { readFixture, SYSTEMS, withValue } from '../lambdas/hr-sources/read-fixture.ts';
import { GENERIC_SYSTEMS } from '../lambdas/hr-sources/vendors/generic-systems.ts';
import { type Definition, definitionSchema } from './definition-graph.ts';
import { EVERYTHING, propertiesOf, shortText, synthesize } from './synthesized.ts';

const LOCAL = { region: 'eu-west-1', accountId: '111122223333', partition: 'aws', urlSuffix: 'amazonaws.com' };

let template: ReturnType<typeof synthesize>['template'];
let rules: Map<string, z.infer<typeof ruleSchema>>;
let definition: Definition;
beforeAll(() => {
  template = synthesize(EVERYTHING).template;
  rules = propertiesOf(template, 'AWS::Events::Rule', ruleSchema);
  const resolved = resolveTemplate(template.toJSON(), { ...LOCAL, apiEndpoint: 'https://approvals.example.com' });
  const machine = resolved.stateMachines().find(({ arn }) => arn.endsWith('-hr-notifications'));
  definition = definitionSchema.parse(machine?.definition);
});

describe('which events are translated', () => {
  const takes = (rule: string, event: unknown) =>
    compileEventPattern(rules.get(rule)?.EventPattern)(z.looseObject({}).parse(event));

  it('deliveries that the webhook’s function put on the bus, and no others', () => {
    const notification = notificationOf('hibob/terminated');
    expect(takes('HrNotificationsWebhooksRule', notification)).toBe(true);
    expect(takes('HrNotificationsWebhooksRule', { ...notification, source: 'com.example.hr' })).toBe(false);
  });

  it('deactivations that succeeded, of all that Okta logs', () => {
    const { partnerEvent } = readFixture('okta/terminated');
    expect(takes('HrNotificationsOktaRule', partnerEvent)).toBe(true);
    expect(takes('HrNotificationsOktaRule', readFixture('okta/failed').partnerEvent)).toBe(false);
    expect(takes('HrNotificationsOktaRule', readFixture('okta/suspended').partnerEvent)).toBe(false);
    expect(takes('HrNotificationsOktaRule', withValue(partnerEvent, 'source', 'aws.partner/okta.com/other/x'))).toBe(
      false,
    );
    expect(rules.get('HrNotificationsOktaRule')?.EventBusName).toBe('aws.partner/okta.com/example/offboarding');
  });

  it('what they come to starts the offboarding workflow, and no translation', () => {
    const translated = { source: 'lastpass-offboarding.hr', 'detail-type': 'Employee Terminated', detail: {} };
    expect(takes('HrEventsRule', translated)).toBe(true);
    expect(takes('HrNotificationsWebhooksRule', translated)).toBe(false);
    expect(takes('HrEventsRule', notificationOf('hibob/terminated'))).toBe(false);
  });

  it('each reaches the translation whole, is tried for a day, and then waits where somebody looks', () => {
    for (const name of ['HrNotificationsWebhooksRule', 'HrNotificationsOktaRule']) {
      const [target, ...others] = rules.get(name)?.Targets ?? [];
      expect(others).toEqual([]);
      expect(Object.keys(target ?? {})).not.toContain('InputTransformer');
      expect(shortText(target?.Arn)).toBe('HrNotificationsStateMachine');
      expect(shortText(target?.DeadLetterConfig.Arn)).toBe('HrNotificationsDeadLetterQueue');
      expect(target?.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
    }
  });

  it('each can be replayed for a month', () => {
    const archives = propertiesOf(
      template,
      'AWS::Events::Archive',
      z.object({ EventPattern: z.unknown(), RetentionDays: z.number() }),
    );
    const archived = [...archives.values()].map(({ EventPattern }) => JSON.stringify(EventPattern));
    for (const name of ['HrNotificationsWebhooksRule', 'HrNotificationsOktaRule']) {
      expect(archived).toContain(JSON.stringify(rules.get(name)?.EventPattern));
    }
    expect([...archives.values()].every(({ RetentionDays }) => RetentionDays === 30)).toBe(true);
  });
});

describe('the translation', () => {
  const retriesOf = (state: string) =>
    z.array(retrySchema).parse(z.looseObject({ Retry: z.unknown() }).parse(definition.States[state]).Retry);

  it('has a timeout, retries and a way out for every error in each of its steps', () => {
    const tasks = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task');
    expect(tasks.map(([name]) => name).sort()).toEqual(['Park notification', 'Translate notification']);
    for (const [name, { TimeoutSeconds, Catch }] of tasks) {
      expect(TimeoutSeconds).toBe(150);
      expect(Catch.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))).toBe(true);
      expect(retriesOf(name).at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    }
  });

  it('waits about a day for an HR system that is away', () => {
    const retry = retriesOf('Translate notification').find(({ ErrorEquals }) =>
      ErrorEquals.includes('HrSystemUnavailableError'),
    );
    const { IntervalSeconds = 0, MaxAttempts = 0, BackoffRate = 1, MaxDelaySeconds = 0 } = retry ?? {};
    const pauses = Array.from({ length: MaxAttempts }, (_, nth) =>
      Math.min(IntervalSeconds * BackoffRate ** nth, MaxDelaySeconds),
    );
    // Full jitter halves each of them on average.
    const hours = pauses.reduce((sum, pause) => sum + pause / 2, 0) / 3600;
    expect(hours).toBeGreaterThan(22);
    expect(hours).toBeLessThan(30);
    expect(MaxDelaySeconds).toBeLessThanOrEqual(900);
  });

  it('asks only a few times more when an HR system refuses', () => {
    const refused = retriesOf('Translate notification').find(({ ErrorEquals }) =>
      ErrorEquals.includes('HrSystemRefusedError'),
    );
    expect(refused?.MaxAttempts).toBeLessThanOrEqual(5);
  });

  it('parks what fails for good, and then fails, so that somebody is told', () => {
    const [caught] = definition.States['Translate notification']?.Catch ?? [];
    expect(caught).toMatchObject({ Next: 'Park notification' });
    for (const next of [
      definition.States['Park notification']?.Next,
      definition.States['Park notification']?.Catch[0]?.Next,
    ]) {
      expect(definition.States[next ?? '']).toMatchObject({ Type: 'Fail' });
    }
  });

  it('keeps names and addresses out of its log', () => {
    const machines = propertiesOf(
      template,
      'AWS::StepFunctions::StateMachine',
      z.looseObject({
        LoggingConfiguration: z.object({ IncludeExecutionData: z.boolean().default(false) }),
      }),
    );
    expect([...machines.values()].map(({ LoggingConfiguration }) => LoggingConfiguration.IncludeExecutionData)).toEqual(
      [false, false],
    );
  });
});

describe('an HR system of the generic kind whose API is read', () => {
  const read = {
    apiUrl: 'https://api.example.com',
    auth: { scheme: 'bearer' },
    records: { employee: { path: '/employees/{id}', ids: { id: 'notification.id' } } },
  };
  const secretsWith = (settings: Record<string, unknown>) =>
    Object.keys(
      synthesize({ hrSystems: [{ name: 'thin', kind: 'generic', settings }] }).template.toJSON().Resources,
    ).filter((name) => /^HrNotificationsThinApiSecret/.test(name));
  const [system] = GENERIC_SYSTEMS;

  it('has a secret for it, and none where nothing is read', () => {
    expect(secretsWith({ ...system?.settings, read })).toHaveLength(1);
    expect(secretsWith({ ...system?.settings })).toEqual([]);
  });
});

it('tokens that are renewed are stored back by the translation alone, into their own secret', () => {
  const systems = SYSTEMS.filter(({ kind }) => kind === 'gusto' || kind === 'bamboohr');
  const policies = propertiesOf(synthesize({ hrSystems: systems }).template, 'AWS::IAM::Policy', policySchema);
  const puts = [...policies].flatMap(([role, { PolicyDocument }]) =>
    PolicyDocument.Statement.filter(({ Action }) => [Action].flat().includes('secretsmanager:PutSecretValue')).map(
      ({ Resource }) => `${role}: ${shortText(Resource)}`,
    ),
  );
  expect(puts).toEqual(['TranslateNotificationRoleDefaultPolicy: HrNotificationsGustoApiSecret']);
});

it('no deployed function may read an API on its own machine', () => {
  expect(JSON.stringify(template.toJSON())).not.toContain('HR_API_ON_THIS_MACHINE');
});

it('nothing of it is there without an HR system', () => {
  const names = Object.keys(synthesize().template.toJSON().Resources);
  expect(names.filter((name) => /HrNotification|TranslateNotification|ParkNotification/.test(name))).toEqual([]);
});

const retrySchema = z.object({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().optional(),
  MaxAttempts: z.number().optional(),
  BackoffRate: z.number().optional(),
  MaxDelaySeconds: z.number().optional(),
});

const ruleSchema = z.object({
  EventPattern: z.unknown().optional(),
  EventBusName: z.unknown().optional(),
  Targets: z.array(
    z.looseObject({
      Arn: z.unknown(),
      DeadLetterConfig: z.object({ Arn: z.unknown() }),
      RetryPolicy: z.unknown().optional(),
    }),
  ),
});

const policySchema = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.looseObject({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.unknown() })),
  }),
});
