import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CfnStage, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SIGN_IN_CALLBACK_PATH } from '../lambdas/step-up/oidc-settings.ts';
import { OUTLIVES_STACK } from './outlives-stack.ts';

/** Where Slack sends clicks: the request URL of the app's interactivity. */
export const SLACK_ACTIONS_PATH = '/slack/actions';

const HR_WEBHOOK_ROUTE = { method: HttpMethod.POST, path: '/hr/{system}' };

/** The page that an approver's link opens, and the addresses that Slack and HR systems report to. */
export class ApprovalEndpoint extends Construct {
  readonly api: HttpApi;
  readonly #stage: HttpStage;

  constructor(scope: Construct, id: string, props: { readonly logRetention: RetentionDays }) {
    super(scope, id);
    // No CORS: the page talks only to itself.
    this.api = new HttpApi(this, 'Api', { description: 'LastPass offboarding approvals', createDefaultStage: false });
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // A handful of approvers and their mail scanners stay below this; a guesser of 256-bit links gains nothing by more.
      throttle: { rateLimit: 10, burstLimit: 20 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: props.logRetention, removalPolicy: OUTLIVES_STACK }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
  }

  /** The routes of the page and of Slack. Apart from the constructor, because functions need the address first. */
  answerWith({
    answerApproval,
    answerSlack,
  }: {
    answerApproval: IFunction;
    answerSlack?: IFunction | undefined;
  }): void {
    const integration = new HttpLambdaIntegration('AnswerApproval', answerApproval);
    this.api.addRoutes({ path: SIGN_IN_CALLBACK_PATH, methods: [HttpMethod.GET], integration });
    this.api.addRoutes({
      path: '/approvals/{link}',
      methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST],
      integration,
    });
    if (!answerSlack) return;
    this.api.addRoutes({
      path: SLACK_ACTIONS_PATH,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('AnswerSlack', answerSlack),
    });
  }

  /** The route of HR systems, with a limit of its own: a layoff is reported in one burst, and no report may be lost. */
  answerHrWith(receiveHrWebhook: IFunction): void {
    const { method, path } = HR_WEBHOOK_ROUTE;
    const integration = new HttpLambdaIntegration('ReceiveHrWebhook', receiveHrWebhook);
    const routes = this.api.addRoutes({ path, methods: [method], integration });
    const stage = this.#stage.node.defaultChild;
    if (!CfnStage.isCfnStage(stage)) return;
    stage.routeSettings = { [`${method} ${path}`]: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 500 } };
    // A stage cannot name a route that is not there yet.
    stage.node.addDependency(...routes);
  }
}

/** The route's pattern, never the path: whoever holds a link can decide, so no log may hold one. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  sourceIp: '$context.identity.sourceIp',
};
