import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentSchema } from '../../lambdas/environment.ts';
import { GENERIC_SYSTEMS } from '../lambdas/hr-sources/generic-systems.ts';
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
    expect(environmentSchema.pick({ HR_SYSTEMS: true, HR_WEBHOOK_SECRETS: true }).parse(told)).toEqual({
      HR_SYSTEMS: GENERIC_SYSTEMS,
      HR_WEBHOOK_SECRETS: { 'workday-like': 'HrWebhooksWorkdayLikeSecret', 'adp-like': 'HrWebhooksAdpLikeSecret' },
    });
    expect(told.EVENT_BUS_NAME).toBe('HrEventsBus');
  });

  it('a burst of reports, as of a layoff, is let in; the page keeps its own limit', () => {
    const routes = template.findResources('AWS::ApiGatewayV2::Route', {
      Properties: { RouteKey: 'POST /hr/{system}' },
    });
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    expect(stage?.Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      RouteSettings: { 'POST /hr/{system}': { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 500 } },
    });
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(Object.keys(routes)));
  });

  it('nowhere, when no HR system sends webhooks', () => {
    const { template: without } = synthesize();
    const routes = propertiesOf(without, 'AWS::ApiGatewayV2::Route', z.object({ RouteKey: z.string() }));
    expect([...routes.values()].filter(({ RouteKey }) => RouteKey.includes('/hr'))).toEqual([]);
    expect(outputsOf(without)).toEqual([]);
    expect(JSON.stringify(without.findResources('AWS::ApiGatewayV2::Stage'))).not.toContain('"RouteSettings"');
  });
});

function outputsOf(from: typeof template) {
  return Object.entries(from.findOutputs('*')).filter(([name]) => name.startsWith('HrWebhook'));
}

const functionSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });
