import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { approvalUrl } from '../../lambdas/domain/link-id.ts';
import { EVERYTHING, propertiesOf, shortText, synthesize } from './synthesized.ts';

let template: ReturnType<typeof synthesize>['template'];
let stage: z.infer<typeof stageSchema>;
beforeAll(() => {
  template = synthesize().template;
  const stages = propertiesOf(template, 'AWS::ApiGatewayV2::Stage', stageSchema);
  expect(stages.size).toBe(1);
  stage = stageSchema.parse(stages.get('ApprovalEndpointStage'));
});

describe('the approval page', () => {
  it('answers to three methods of its link and to the way back from a sign-in, and to nothing else', () => {
    expect(routesOf(template)).toEqual(PAGE_ROUTES.map((route) => [route, 'AnswerApproval']));
  });

  it('has clicks of Slack answered by a function of their own, where Slack is used', () => {
    const expected = [...PAGE_ROUTES.map((route) => [route, 'AnswerApproval']), ['POST /slack/actions', 'AnswerSlack']];
    expect(routesOf(synthesize({ slack: EVERYTHING.slack }).template)).toEqual(expected);
  });

  it('tells operators what to register with Slack and with their provider', () => {
    const value = (from: typeof template, name: string) => from.findOutputs(name)[name]?.Value;
    const { template: withEverything } = synthesize(EVERYTHING);
    expect(shortText(value(withEverything, 'SlackActionsUrl'))).toBe('ApprovalEndpointApi/slack/actions');
    expect(shortText(value(withEverything, 'SignInRedirectUri'))).toBe(
      'ApprovalEndpointApi/approvals/sign-in/callback',
    );
    expect(shortText(value(withEverything, 'SlackSecretArn'))).toBe('SlackSecret');
    expect(Object.keys(template.findOutputs('*')).filter((name) => /^S(lack|ignIn)/.test(name))).toEqual([]);
  });

  it('is where the mails point to', () => {
    const functions = propertiesOf(template, 'AWS::Lambda::Function', functionSchema);
    const baseUrl = functions.get('RequestApproval')?.Environment.Variables.APPROVAL_BASE_URL;
    expect(baseUrl).toMatchObject({ 'Fn::GetAtt': [expect.anything(), 'ApiEndpoint'] });
    expect(approvalUrl(shortText(baseUrl), 'link')).toBe('ApprovalEndpointApi/approvals/link');
  });

  it('is throttled, under the default name so that no path comes before the link', () => {
    expect(stage.StageName).toBe('$default');
    expect(stage.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 });
  });

  it('logs who came and what happened, but never the link', () => {
    const fields = z.record(z.string(), z.string()).parse(JSON.parse(stage.AccessLogSettings.Format));
    expect(Object.values(fields).sort()).toEqual([
      '$context.identity.sourceIp',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  it('lets no other website read it', () => {
    const apis = propertiesOf(
      template,
      'AWS::ApiGatewayV2::Api',
      z.object({ CorsConfiguration: z.unknown().optional() }),
    );
    expect([...apis.values()]).toEqual([{}]);
  });
});

const PAGE_ROUTES = [
  'GET /approvals/sign-in/callback',
  'GET /approvals/{link}',
  'HEAD /approvals/{link}',
  'POST /approvals/{link}',
];

/** Each route with the function that answers it. */
function routesOf(from: typeof template): string[][] {
  const integrations = propertiesOf(from, 'AWS::ApiGatewayV2::Integration', z.object({ IntegrationUri: z.unknown() }));
  const routes = propertiesOf(from, 'AWS::ApiGatewayV2::Route', routeSchema);
  return [...routes.values()]
    .map(({ RouteKey, Target }) => {
      const integration = integrations.get(shortText(Target).replace(/^integrations\//, ''));
      return [RouteKey, shortText(integration?.IntegrationUri)];
    })
    .sort();
}

const routeSchema = z.object({ RouteKey: z.string(), Target: z.unknown() });

const stageSchema = z.object({
  StageName: z.string(),
  DefaultRouteSettings: z.unknown(),
  AccessLogSettings: z.object({ Format: z.string() }),
});

const functionSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });
