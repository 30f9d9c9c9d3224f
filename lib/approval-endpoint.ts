import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CfnStage, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SIGN_IN_CALLBACK_PATH } from '../lambdas/step-up/oidc-settings.ts';
import { OUTLIVES_STACK } from './outlives-stack.ts';
import { ThrottlingMetrics } from './throttling-metrics.ts';

/** Where Slack sends clicks: the request URL of the app's interactivity. */
export const SLACK_ACTIONS_PATH = '/slack/actions';

/** Where one HR system reports to, as API Gateway names its route. */
export function hrRouteOf(system: string): string {
  return `POST ${hrPathOf(system)}`;
}

function hrPathOf(system: string): string {
  return `/hr/${system}`;
}

/**
 * Requests a second, and at once. Each route has limits of its own, so that whoever floods one address keeps nobody from
 * any other: not one HR system by another, nor an approver by either.
 */
const LIMITS = {
  // A handful of approvers and their mail scanners stay below this; a guesser of 256-bit links gains nothing by more.
  people: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
  // A layoff is reported in one burst, and what is refused is sent again. At some ms a delivery this keeps few functions
  // busy, and a burst of strangers a fifth of an account's usual thousand.
  hrSystem: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 200 },
};

/** The page that an approver's link opens, and the addresses that Slack and HR systems report to. */
export class ApprovalEndpoint extends Construct {
  readonly api: HttpApi;
  readonly throttling: ThrottlingMetrics;
  readonly #stage: HttpStage;
  readonly #routeSettings: Record<string, RouteLimits> = {};

  constructor(scope: Construct, id: string, props: { readonly logRetention: RetentionDays }) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: props.logRetention,
      removalPolicy: OUTLIVES_STACK,
    });
    this.throttling = new ThrottlingMetrics(this, 'Throttling', { accessLog });
    // No CORS: the page talks only to itself.
    this.api = new HttpApi(this, 'Api', { description: 'LastPass offboarding approvals', createDefaultStage: false });
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // For a route that somebody adds without limits of its own.
      throttle: { rateLimit: 10, burstLimit: 20 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
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
    const page = new HttpLambdaIntegration('AnswerApproval', answerApproval);
    this.#answer(SIGN_IN_CALLBACK_PATH, [HttpMethod.GET], page, LIMITS.people);
    this.#answer('/approvals/{link}', [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST], page, LIMITS.people);
    if (!answerSlack) return;
    const slack = new HttpLambdaIntegration('AnswerSlack', answerSlack);
    this.#answer(SLACK_ACTIONS_PATH, [HttpMethod.POST], slack, LIMITS.people);
  }

  /** The routes of HR systems, one for each. */
  answerHrWith(receiveHrWebhook: IFunction, systems: readonly string[]): void {
    const integration = new HttpLambdaIntegration('ReceiveHrWebhook', receiveHrWebhook);
    for (const system of systems) this.#answer(hrPathOf(system), [HttpMethod.POST], integration, LIMITS.hrSystem);
  }

  #answer(path: string, methods: HttpMethod[], integration: HttpLambdaIntegration, limits: RouteLimits): void {
    const routes = this.api.addRoutes({ path, methods, integration });
    for (const method of methods) this.#routeSettings[`${method} ${path}`] = limits;
    const stage = this.#stage.node.defaultChild;
    if (!CfnStage.isCfnStage(stage)) return;
    stage.routeSettings = this.#routeSettings;
    // A stage cannot name a route that is not there yet.
    stage.node.addDependency(...routes);
  }
}

type RouteLimits = (typeof LIMITS)[keyof typeof LIMITS];

/** The route's pattern, never the path: whoever holds a link can decide, so no log may hold one. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  sourceIp: '$context.identity.sourceIp',
};
