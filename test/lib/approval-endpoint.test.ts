import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { approvalUrl } from '../../lambdas/approval/link-id.ts';
import { propertiesOf, shortText, synthesize } from './synthesized.ts';

let template: ReturnType<typeof synthesize>['template'];
let stage: z.infer<typeof stageSchema>;
beforeAll(() => {
  template = synthesize().template;
  const stages = propertiesOf(template, 'AWS::ApiGatewayV2::Stage', stageSchema);
  expect(stages.size).toBe(1);
  stage = stageSchema.parse(stages.get('ApprovalEndpointStage'));
});

describe('the approval page', () => {
  it('answers to three methods of one path, and to nothing else', () => {
    const routes = propertiesOf(template, 'AWS::ApiGatewayV2::Route', z.object({ RouteKey: z.string() }));
    expect([...routes.values()].map(({ RouteKey }) => RouteKey).sort()).toEqual([
      'GET /approvals/{link}',
      'HEAD /approvals/{link}',
      'POST /approvals/{link}',
    ]);
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

const stageSchema = z.object({
  StageName: z.string(),
  DefaultRouteSettings: z.unknown(),
  AccessLogSettings: z.object({ Format: z.string() }),
});

const functionSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });
