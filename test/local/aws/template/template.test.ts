import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CfnRoute, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { expect, test } from 'vitest';
import { UnresolvableIntrinsicError } from '../../../../local/aws/template/intrinsics.ts';
import { resolveTemplate, TemplateResourceError } from '../../../../local/aws/template/template.ts';

const ACCOUNT = {
  region: 'eu-west-1',
  accountId: '000000000000',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
  apiEndpoint: 'http://127.0.0.1:4700',
};

function synthesize(build: (stack: Stack) => void): unknown {
  const app = new App();
  const stack = new Stack(app, 'Test');
  build(stack);
  return app.synth().getStackByName('Test').template;
}

function addFunction(stack: Stack, id: string, environment: Record<string, string> = {}): LambdaFn {
  const code = Code.fromInline('exports.handler = async () => 0');
  const timeout = Duration.seconds(20);
  return new LambdaFn(stack, id, {
    code,
    handler: 'index.handler',
    runtime: Runtime.NODEJS_LATEST,
    environment,
    timeout,
  });
}

const PARTNER_BUS = 'aws.partner/okta.com/example/offboarding';

/** A stack with one of everything that the local run stands in for. */
function synthesizeAll(): unknown {
  return synthesize((stack) => {
    const table = new TableV2(stack, 'Cases', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        { indexName: 'by-status', partitionKey: { name: 'status', type: AttributeType.STRING } },
      ],
    });
    const bucket = new Bucket(stack, 'Evidence', {
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(30)),
    });
    const secret = new Secret(stack, 'LastPass');
    const api = new HttpApi(stack, 'Api');
    const bus = new EventBus(stack, 'Bus', { eventBusName: 'offboarding' });
    const step = addFunction(stack, 'Step', {
      TABLE: table.tableName,
      BUCKET: bucket.bucketName,
      SECRET: secret.secretArn,
      SECRET_NAME: secret.secretName,
      ENDPOINT: api.apiEndpoint,
      URL: `${api.url}approvals`,
      BUS_ARN: bus.eventBusArn,
      QUEUE: new Queue(stack, 'Parked').queueUrl,
      REGION: stack.region,
    });
    api.addRoutes({
      path: '/approvals/{link}',
      methods: [HttpMethod.GET, HttpMethod.POST],
      integration: new HttpLambdaIntegration('Approve', step),
    });
    const invoke = new LambdaInvoke(stack, 'Do it', {
      lambdaFunction: step,
      taskTimeout: Timeout.duration(Duration.minutes(1)),
    });
    const machine = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(invoke) });
    new Rule(stack, 'Terminations', {
      eventBus: bus,
      eventPattern: { source: ['hr.example'] },
      targets: [
        new SfnStateMachine(machine, { input: RuleTargetInput.fromObject({ d: EventField.fromPath('$.detail') }) }),
      ],
    });
    new CfnOutput(stack, 'MachineArn', { value: machine.stateMachineArn });
    const notifications = new StateMachine(stack, 'Notifications', {
      stateMachineName: 'notifications',
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Nothing')),
    });
    new Rule(stack, 'Partner', {
      eventBus: EventBus.fromEventBusName(stack, 'PartnerBus', PARTNER_BUS),
      eventPattern: { source: [PARTNER_BUS] },
      targets: [new SfnStateMachine(notifications)],
    });
    new Rule(stack, 'Chase', { schedule: Schedule.rate(Duration.hours(1)), targets: [new LambdaFunction(step)] });
  });
}

const EVERYTHING = synthesizeAll();

test('a handler’s environment has the names of the local stand-ins', () => {
  const template = resolveTemplate(EVERYTHING, ACCOUNT);
  const [table] = template.tables();
  const [bucket] = template.buckets();
  const [secret] = template.secrets();

  const step = template.functions().find(({ logicalId }) => logicalId.startsWith('Step'));

  expect(step).toMatchObject({
    arn: `arn:aws:lambda:eu-west-1:000000000000:function:${step?.logicalId}`,
    timeoutSeconds: 20,
    environment: {
      TABLE: table?.name,
      BUCKET: bucket?.name,
      SECRET: secret?.arn,
      SECRET_NAME: secret?.name,
      ENDPOINT: 'http://127.0.0.1:4700',
      URL: 'http://127.0.0.1:4700/approvals',
      BUS_ARN: 'arn:aws:events:eu-west-1:000000000000:event-bus/offboarding',
      QUEUE: expect.stringMatching(/^https:\/\/sqs\.eu-west-1\.amazonaws\.com\/000000000000\/Parked/),
      REGION: 'eu-west-1',
    },
  });
});

const none = { name: '', arn: '', definition: undefined };

test('the state machines’ definitions are the deployed ones, with local ARNs; an output says which is which', () => {
  const template = resolveTemplate(EVERYTHING, ACCOUNT);
  const step = template.functions().find(({ logicalId }) => logicalId.startsWith('Step'));

  const [{ name, arn, definition } = none, ...others] = template.stateMachines();

  expect(others.map((other) => other.name)).toEqual(['notifications']);
  expect(arn).toBe(`arn:aws:states:eu-west-1:000000000000:stateMachine:${name}`);
  expect(template.output('MachineArn')).toBe(arn);
  expect(definition).toMatchObject({
    StartAt: 'Do it',
    States: {
      'Do it': {
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: step?.arn, 'Payload.$': '$' },
      },
    },
  });
});

test('tables and buckets keep what their stand-ins need', () => {
  const template = resolveTemplate(EVERYTHING, ACCOUNT);

  expect(template.tables()).toMatchObject([
    {
      keySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      globalSecondaryIndexes: [{ IndexName: 'by-status', Projection: { ProjectionType: 'ALL' } }],
    },
  ]);
  expect(template.buckets()).toEqual([
    {
      name: expect.stringMatching(/^evidence[a-z0-9]+$/),
      isObjectLockEnabled: true,
      defaultRetention: { mode: 'COMPLIANCE', days: 30 },
    },
  ]);
});

test('rules name their bus, what they match and whom they tell', () => {
  const template = resolveTemplate(EVERYTHING, ACCOUNT);

  const rules = template.rules();

  expect(template.buses()).toEqual([
    { name: 'offboarding', arn: 'arn:aws:events:eu-west-1:000000000000:event-bus/offboarding' },
    { name: PARTNER_BUS, arn: `arn:aws:events:eu-west-1:000000000000:event-bus/${PARTNER_BUS}` },
  ]);
  expect(rules).toMatchObject([
    {
      busName: 'offboarding',
      isEnabled: true,
      eventPattern: { source: ['hr.example'] },
      targets: [{ Arn: template.stateMachines()[0]?.arn, InputTransformer: { InputTemplate: expect.any(String) } }],
    },
    { busName: PARTNER_BUS, targets: [{ Arn: expect.stringMatching(/:stateMachine:notifications$/) }] },
    { busName: 'default', scheduleExpression: 'rate(1 hour)', targets: [{ Arn: expect.stringContaining(':lambda:') }] },
  ]);
});

test('each route of the HTTP API leads to its function', () => {
  const template = resolveTemplate(EVERYTHING, ACCOUNT);
  const step = template.functions().find(({ logicalId }) => logicalId.startsWith('Step'));

  expect(template.httpRoutes()).toEqual([
    { routeKey: 'GET /approvals/{link}', functionArn: step?.arn },
    { routeKey: 'POST /approvals/{link}', functionArn: step?.arn },
  ]);
});

test('what cannot be resolved is named with its place, and only where it is used', () => {
  const template = resolveTemplate(
    {
      Resources: {
        Topic: { Type: 'AWS::Unknown::Thing' },
        Other: { Type: 'AWS::Other::Thing', Properties: { A: { 'Fn::ImportValue': 'elsewhere' } } },
        Step: {
          Type: 'AWS::Lambda::Function',
          Properties: { Environment: { Variables: { TOPIC: { Ref: 'Topic' } } }, Role: { 'Fn::ImportValue': 'role' } },
        },
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: { 'Fn::ImportValue': 'elsewhere' } } },
      },
    },
    ACCOUNT,
  );

  expect(() => template.functions()).toThrow(UnresolvableIntrinsicError);
  expect(() => template.functions()).toThrow(
    'Step.Properties.Environment.Variables.TOPIC.Ref: Topic (AWS::Unknown::Thing) has no local name',
  );
  expect(() => template.output('Missing')).toThrow('Outputs.Missing: the template has no such output');
  expect(() => template.tables()).toThrow('Table.Properties.KeySchema.Fn::ImportValue');
  expect(template.buckets()).toEqual([]);
});

/** What `Fn::Sub` replaces. */
function slot(name: string): string {
  return `\${${name}}`;
}

test.each([
  [
    'Fn::Sub with a Ref, an attribute and an escape',
    { 'Fn::Sub': `${slot('Q.QueueName')}@${slot('AWS::Region')}/${slot('!kept')}` },
    `Q@eu-west-1/${slot('kept')}`,
  ],
  ['Fn::Sub with variables', { 'Fn::Sub': [`${slot('a')}-${slot('a')}`, { a: { Ref: 'AWS::Partition' } }] }, 'aws-aws'],
  ['Fn::Select and Fn::Split', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': 'Q.Arn' }] }] }, 'Q'],
  ['a parameter’s default', { Ref: 'Stage' }, 'test'],
])('%s is resolved', (_, value, expected) => {
  const template = resolveTemplate(
    {
      Parameters: { Stage: { Type: 'String', Default: 'test' } },
      Resources: {
        Q: { Type: 'AWS::SQS::Queue' },
        Step: {
          Type: 'AWS::Lambda::Function',
          Properties: { Environment: { Variables: { VALUE: value, NONE: { Ref: 'AWS::NoValue' } } } },
        },
      },
    },
    ACCOUNT,
  );

  expect(template.functions()[0]?.environment).toEqual({ VALUE: expected });
});

test('a route to something that is not a Lambda function is refused', () => {
  const template = synthesize((stack) => {
    new CfnRoute(stack, 'Route', { apiId: 'x', routeKey: 'GET /', target: 'integrations/none' });
  });
  expect(() => resolveTemplate(template, ACCOUNT).httpRoutes()).toThrow(TemplateResourceError);
});
