import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentSchema } from '../../lambdas/environment.ts';
import { GENERIC_SYSTEMS } from '../lambdas/hr-sources/vendors/generic-systems.ts';
import { propertiesOf, shortText, synthesize } from './synthesized.ts';

let template: ReturnType<typeof synthesize>['template'];
beforeAll(() => {
  template = synthesize({ hrSystems: GENERIC_SYSTEMS }).template;
});

describe('where HR systems report to', () => {
  it('one address for each, and the secret that its key belongs in', () => {
    const outputs = outputsOf(template)
      .map(([name, { Value }]) => [name, shortText(Value)])
      .sort();
    expect(outputs).toEqual([
      ['HrWebhookSecretArnAdpLike', 'HrWebhooksAdpLikeSecret'],
      ['HrWebhookSecretArnWorkdayLike', 'HrWebhooksWorkdayLikeSecret'],
      ['HrWebhookUrlAdpLike', 'ApprovalEndpointApi/hr/adp-like'],
      ['HrWebhookUrlWorkdayLike', 'ApprovalEndpointApi/hr/workday-like'],
    ]);
  });

  it('one function answers, and is told of each system and of its secret', () => {
    const functions = propertiesOf(template, 'AWS::Lambda::Function', functionSchema);
    const variables = functions.get('ReceiveHrWebhook')?.Environment.Variables ?? {};
    const told = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, shortText(value)]));
    const arn = 'arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:';
    expect(environmentSchema.pick({ HR_WEBHOOK_SECRETS: true }).parse(told)).toEqual({
      HR_WEBHOOK_SECRETS: {
        'workday-like': `${arn}HrWebhooksWorkdayLikeSecret`,
        'adp-like': `${arn}HrWebhooksAdpLikeSecret`,
      },
    });
    expect(told.EVENT_BUS_NAME).toBe('HrEventsBus');
  });

  it('each has a route and limits of its own, and so has each of the page: a flood on one delays no other', () => {
    const routes = template.findResources('AWS::ApiGatewayV2::Route');
    const keys = Object.values(routes).map(({ Properties }) => z.string().parse(Properties.RouteKey));
    expect(keys.filter((key) => key.includes('/hr')).sort()).toEqual(['POST /hr/adp-like', 'POST /hr/workday-like']);
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const people = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };
    // A layoff comes in one burst.
    const hr = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 200 };
    expect(stage?.Properties.RouteSettings).toEqual(
      Object.fromEntries(keys.map((key) => [key, key.startsWith('POST /hr/') ? hr : people])),
    );
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(Object.keys(routes)));
  });

  it('what was throttled is counted from the access log, by the HR system’s own route and apart from the page', () => {
    const filters = [...propertiesOf(template, 'AWS::Logs::MetricFilter', filterSchema).values()];
    expect(filters.map(({ FilterPattern, LogGroupName }) => [shortText(LogGroupName), FilterPattern])).toEqual([
      ['ApprovalEndpointAccessLog', '{ ($.status = "429") && ($.routeKey = "POST /hr/*") }'],
      ['ApprovalEndpointAccessLog', '{ ($.status = "429") && ($.routeKey != "POST /hr/*") }'],
    ]);
    const alarm = template.findResources('AWS::CloudWatch::Alarm', {
      Properties: { AlarmName: 'LastPassOffboarding-HrWebhookThrottled-adp-like' },
    });
    expect(Object.values(alarm)[0]?.Properties).toMatchObject({
      MetricName: filters[0]?.MetricTransformations[0]?.MetricName,
      Dimensions: [{ Name: 'route', Value: 'POST /hr/adp-like' }],
      Threshold: 1,
    });
  });

  it('their function gives up before they do, and takes no more of the account than it may', () => {
    const of = (change: Record<string, unknown>) =>
      propertiesOf(synthesize({ hrSystems: GENERIC_SYSTEMS, ...change }).template, 'AWS::Lambda::Function', limits).get(
        'ReceiveHrWebhook',
      );
    expect(of({})).toEqual({ Timeout: 10 });
    expect(of({ hrWebhookConcurrency: 20 })).toEqual({ Timeout: 10, ReservedConcurrentExecutions: 20 });
  });

  it('their keys are looked at by the function that may read them, whether or not anybody sends', () => {
    const rule = propertiesOf(template, 'AWS::Events::Rule', ruleSchema).get('SourceWatchKeysRule');
    expect([rule?.ScheduleExpression, rule?.Targets.map(({ Arn }) => shortText(Arn))]).toEqual([
      'rate(15 minutes)',
      ['ReceiveHrWebhook'],
    ]);
  });

  it('nowhere, when no HR system sends webhooks', () => {
    const { template: without } = synthesize();
    const routes = propertiesOf(without, 'AWS::ApiGatewayV2::Route', z.object({ RouteKey: z.string() }));
    expect([...routes.values()].filter(({ RouteKey }) => RouteKey.includes('/hr'))).toEqual([]);
    expect(outputsOf(without)).toEqual([]);
  });
});

function outputsOf(from: typeof template) {
  return Object.entries(from.findOutputs('*')).filter(([name]) => name.startsWith('HrWebhook'));
}

const filterSchema = z.object({
  LogGroupName: z.unknown(),
  FilterPattern: z.string(),
  MetricTransformations: z.array(z.object({ MetricName: z.string() })),
});
const limits = z.object({ Timeout: z.number(), ReservedConcurrentExecutions: z.number().optional() });
const ruleSchema = z.object({
  ScheduleExpression: z.string().optional(),
  Targets: z.array(z.object({ Arn: z.unknown() })),
});

const functionSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });
