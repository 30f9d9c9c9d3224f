import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ALARM_NAMES, type AlarmName } from '../../lib/alarm-names.ts';
import { EVERYTHING, propertiesOf, shortText, synthesize } from './synthesized.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../docs/operator-runbook.md'), 'utf8');

const WATCH = '../../lambdas/source-watch/watch-sources.lambda.ts';
const DELETE = '../../lambdas/steps/delete-account.lambda.ts';
const RECEIVER = '../../lambdas/hr-notifications/receive-hr-webhook.lambda.ts';
const SYSTEMS = EVERYTHING.hrSystems.map(({ name }) => `-${name}`);
/** What rings for each source by itself has its name behind the alarm's. */
const WEBHOOKS = EVERYTHING.hrSystems.filter(({ kind }) => kind !== 'okta').map(({ name }) => `-${name}`);
const SOURCES_OF: Partial<Record<AlarmName, readonly string[]>> = {
  HrSourceSilent: ['-com.example.hr', ...SYSTEMS],
  // What comes by a partner's event bus is signed by AWS.
  HrSignatureRefusedStreak: WEBHOOKS,
  HrSigningKeyUnusable: WEBHOOKS,
  HrWebhookThrottled: WEBHOOKS,
};

/** Where an address for alarms is configured, operators are mailed this instead, with the case and the command. */
const ONLY_WITHOUT_ALARM_EMAIL: readonly AlarmName[] = ['IrreversibleDecisionNews'];

let template: ReturnType<typeof synthesize>['template'];
let alarms: Map<string, z.infer<typeof alarmSchema>>;
beforeAll(() => {
  template = synthesize({ ...EVERYTHING, alarmEmail: 'operations@example.com' }).template;
  alarms = new Map(
    [...propertiesOf(template, 'AWS::CloudWatch::Alarm', alarmSchema).values()].map((one) => [one.AlarmName, one]),
  );
});

describe('alarms', () => {
  it('are these, and no other', () => {
    const of = (name: AlarmName) => SOURCES_OF[name] ?? [''];
    const named = ALARM_NAMES.filter((name) => !ONLY_WITHOUT_ALARM_EMAIL.includes(name));
    const expected = named.flatMap((name) => of(name).map((source) => `LastPassOffboarding-${name}${source}`));
    expect([...alarms.keys()].sort()).toEqual(expected.sort());
  });

  it('ring for what can still be stopped where operators have no address to be mailed at', () => {
    const { template: withoutEmail } = synthesize({ ...EVERYTHING, alarmEmail: undefined });
    for (const name of ONLY_WITHOUT_ALARM_EMAIL) {
      withoutEmail.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: `LastPassOffboarding-${name}` });
    }
  });

  it('all reach the topic, to which CloudWatch of this account may publish', () => {
    for (const { AlarmActions } of alarms.values()) expect(AlarmActions.map(shortText)).toEqual(['AlarmsTopic']);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'operations@example.com',
    });
  });

  it('a single error in disabling an account rings within five minutes', () => {
    expect(alarms.get('LastPassOffboarding-LeaverMayStillHaveAccess')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Threshold: 1,
      Period: 300,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    const [dimension] = alarms.get('LastPassOffboarding-LeaverMayStillHaveAccess')?.Dimensions ?? [];
    expect(shortText(dimension?.Value)).toBe('DisableAccount');
  });

  it.each([
    ['EventParked', '../../lambdas/steps/open-case.lambda.ts'],
    ['EventParked', '../../lambdas/steps/disable-account.lambda.ts'],
    ['LastPassRejectsSecret', '../../lambdas/steps/count-lastpass-faults.ts'],
    ['LastPassNotUnderstood', '../../lambdas/steps/count-lastpass-faults.ts'],
    ['ProtectedAccountReported', '../../lambdas/steps/disable-account.lambda.ts'],
    ['LastAdministratorReported', '../../lambdas/steps/disable-account.lambda.ts'],
    ['EventParked', '../../lambdas/hr-notifications/translate-notification.lambda.ts'],
    ['EventParked', '../../lambdas/hr-notifications/park-notification.lambda.ts'],
    ['DecisionNotSignalled', '../../lambdas/approval/answer-approval.lambda.ts'],
    ['DecisionNotSignalled', '../../lambdas/slack/answer-slack.lambda.ts'],
    ['ApprovalOverdue', '../../lambdas/approval/chase-approvals.lambda.ts', 'ApprovalsOverdue'],
    ['NobodyLeftToDecide', '../../lambdas/approval/chase-approvals.lambda.ts', 'NobodyLeftToDecide'],
    ['CaseNotChased', '../../lambdas/approval/chase-approvals.lambda.ts'],
    ['DeletesPaused', '../../lambdas/approval/chase-approvals.lambda.ts'],
    ['DeletesPaused', '../../lambdas/steps/open-case.lambda.ts'],
    ['LeaversNotCounted', '../../lambdas/steps/open-case.lambda.ts'],
  ])('%s watches the metric that %s writes', (name, source, metric = name) => {
    const alarm = alarms.get(`LastPassOffboarding-${name}`);
    expect(alarm).toMatchObject({ Namespace: 'LastPassOffboarding', MetricName: metric, Statistic: 'Sum' });
    expect(alarm?.Dimensions).toEqual([{ Name: 'service', Value: 'lastpass-offboarding' }]);
    expect(readFileSync(join(import.meta.dirname, source), 'utf8')).toContain(`'${metric}'`);
  });

  it('one question that is overdue rings at the next look', () => {
    expect(alarms.get('LastPassOffboarding-ApprovalOverdue')).toMatchObject({ Threshold: 1, Period: 300 });
  });

  it('one case that cannot be chased rings once three looks in a row have failed', () => {
    const everyFiveMinutes = propertiesOf(template, 'AWS::Events::Rule', z.looseObject({})).get('ApprovalChaseRule');
    expect(everyFiveMinutes?.ScheduleExpression).toBe('rate(5 minutes)');
    expect(alarms.get('LastPassOffboarding-CaseNotChased')).toMatchObject({ Threshold: 3, Period: 900 });
  });

  it('a delete that waits for the brake is no failing one', () => {
    const alarm = alarms.get('LastPassOffboarding-DeleteAccountFailing');
    const Metrics = alarm?.Metrics ?? [];
    expect([Metrics[0]?.Expression, alarm?.Threshold]).toEqual(['errors - FILL(waiting, 0)', 3]);
    const waiting = Metrics.find(({ Id }) => Id === 'waiting')?.MetricStat;
    expect(waiting).toMatchObject({ Metric: { MetricName: 'DeleteWaitsForBrake' }, Period: 900, Stat: 'Sum' });
    expect(readFileSync(join(import.meta.dirname, DELETE), 'utf8')).toContain("addMetric('DeleteWaitsForBrake'");
  });

  it('a lost event is counted under the names of its bus and its rule', () => {
    const dimensions = alarms.get('LastPassOffboarding-HrEventLost')?.Dimensions ?? [];
    const named = dimensions.map(({ Name, Value }) => [Name, shortText(Value)]);
    const rules = propertiesOf(template, 'AWS::Events::Rule', z.object({ Name: z.string().optional() }));
    expect(Object.fromEntries(named)).toEqual({
      EventBusName: 'HrEventsBus',
      RuleName: rules.get('HrEventsRule')?.Name,
    });
  });

  it('only the alarm on silence takes silence for a fault', () => {
    const onSilence = [...alarms.values()].filter((alarm) => alarm.TreatMissingData !== 'notBreaching');
    expect(onSilence.map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData])).toEqual([
      ['LastPassOffboarding-ChaseApprovalsSilent', 'breaching'],
      ['LastPassOffboarding-WatchSourcesSilent', 'breaching'],
    ]);
  });

  it('a source that is silent rings under its own name, for as long as each look finds it so', () => {
    const [system = ''] = SYSTEMS;
    const alarm = alarms.get(`LastPassOffboarding-HrSourceSilent${system}`);
    const dimensions = [
      { Name: 'service', Value: 'lastpass-offboarding' },
      { Name: 'system', Value: system.slice(1) },
    ];
    expect(alarm).toMatchObject({ MetricName: 'HrSourceSilent', Statistic: 'Maximum', Threshold: 1 });
    expect(alarm?.Dimensions).toEqual(dimensions);
    expect(readFileSync(join(import.meta.dirname, WATCH), 'utf8')).toContain("addMetric('HrSourceSilent'");
    const hourly = propertiesOf(template, 'AWS::Events::Rule', z.looseObject({})).get('SourceWatchWatchRule');
    expect([hourly?.ScheduleExpression, alarm?.Period]).toEqual(['rate(1 hour)', 3 * 3600]);
  });

  it('a webhook of which an hour’s deliveries are all refused rings, and one that a stranger tries does not', () => {
    const [system = ''] = SYSTEMS;
    const alarm = alarms.get(`LastPassOffboarding-HrSignatureRefusedStreak${system}`);
    const Metrics = alarm?.Metrics ?? [];
    expect([Metrics[0]?.Expression, alarm?.Threshold]).toEqual(['IF(taken < 1, refused, 0)', 3]);
    const receiver = readFileSync(join(import.meta.dirname, RECEIVER), 'utf8');
    for (const [id, metric] of Object.entries({ taken: 'HrNotificationTaken', refused: 'HrSignatureRefused' })) {
      expect(Metrics.find((one) => one.Id === id)?.MetricStat).toMatchObject({
        Metric: {
          MetricName: metric,
          Dimensions: expect.arrayContaining([{ Name: 'system', Value: system.slice(1) }]),
        },
        ...{ Period: 3600, Stat: 'Sum' },
      });
      expect(receiver).toContain(`addMetric('${metric}'`);
    }
  });
});

describe('the operator runbook', () => {
  const sections = runbook.split(/^### /m).slice(1);

  it.each(ALARM_NAMES)('says of %s what it is, how to look and what to do', (name) => {
    const section = sections.find((text) => text.startsWith(`${name}\n`)) ?? '';
    const parts = [...section.matchAll(/^\*\*(\w+)\.\*\* \S/gm)].map(([, part]) => part);
    expect(parts).toEqual(['Description', 'Investigation', 'Resolution']);
  });

  it('has no alarm that does not exist', () => {
    const named = sections.filter((text) => text.includes('**Investigation.**')).map((text) => text.split('\n')[0]);
    expect(named).toEqual([...ALARM_NAMES]);
  });
});

const alarmSchema = z.looseObject({
  AlarmName: z.string(),
  AlarmActions: z.array(z.unknown()),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).optional(),
  TreatMissingData: z.string(),
  Metrics: z.array(z.looseObject({ Id: z.string(), Expression: z.string().optional() })).optional(),
});
