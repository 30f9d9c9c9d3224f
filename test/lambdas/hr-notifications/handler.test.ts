import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createS3 } from '../../../local/aws/s3/s3.ts';
import { startServer, temporaryFolder } from '../../local/running-server.ts';
import { freshAws } from '../../loopback-aws.ts';
import {
  GENERIC_SYSTEMS,
  readNotification,
  SIGNING_KEY,
  signedLikeWorkday,
} from '../hr-sources/vendors/generic-systems.ts';

const BODY = JSON.stringify(readNotification('generic/workday-like-terminated').body);
const TEXT = JSON.stringify({
  approvers: [{ email: 'sam.smith@example.com', displayName: 'Sam Smith', role: 'it' }],
  ...{ fallbackApprovers: [], locations: {}, hrSystems: GENERIC_SYSTEMS, watchedSources: [] },
});
const DOCUMENT = { bucketName: 'assets', key: `${createHash('sha256').update(TEXT).digest('hex')}.json`, text: TEXT };
const ANOTHER_KEY = 'another-key-of-a-company';

/** The deployed handler with the environment that the stack gives it, and every line that it writes. */
async function loadHandler(storedKey = SIGNING_KEY, { isS3Away = false } = {}) {
  const { client, tableName } = await freshAws();
  const table = await client.config.endpoint?.();
  const s3 = createS3({ folder: temporaryFolder(), buckets: [], published: [DOCUMENT] });
  s3.isAway = isS3Away;
  const { url } = await startServer({
    s3,
    eventBridge: async () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] }),
    secretsManager: async () => ({ SecretString: JSON.stringify({ signingKey: storedKey }) }),
  });
  const variables = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: `http://${table?.hostname}:${table?.port}`,
    AWS_ENDPOINT_URL_EVENTBRIDGE: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_S3: url,
    CASE_TABLE_NAME: tableName,
    EVENT_BUS_NAME: 'offboarding',
    CONFIGURATION_DOCUMENT: `s3://${DOCUMENT.bucketName}/${DOCUMENT.key}`,
    HR_WEBHOOK_SECRETS: JSON.stringify({ begin: 'arn:', ends: { 'workday-like': 'workday', 'adp-like': 'adp' } }),
    // Development mode writes to the console of the test, but would count nothing.
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_METRICS_DISABLED: 'false',
    POWERTOOLS_SERVICE_NAME: 'lastpass-offboarding',
    POWERTOOLS_METRICS_NAMESPACE: 'LastPassOffboarding',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const lines: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)));
  }
  vi.resetModules();
  const { handler } = await import('../../../lambdas/hr-notifications/receive-hr-webhook.lambda.ts');
  return { handler, lines, s3 };
}

const metricSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({ Namespace: z.string(), Dimensions: z.unknown(), Metrics: z.tuple([z.object({ Name: z.string() })]) }),
    ]),
  }),
});

it('while S3 is away a delivery is answered with 503, so that it is sent again, and taken once S3 is back', async () => {
  const { handler, s3, lines } = await loadHandler(SIGNING_KEY, { isS3Away: true });
  const headers = signedLikeWorkday(BODY, String(Math.floor(Date.now() / 1000)));
  const event = { routeKey: 'POST /hr/workday-like', headers, body: BODY, isBase64Encoded: false };

  expect(await handler(event, CONTEXT)).toMatchObject({ statusCode: 503 });
  expect(lines.join()).toContain('ConfigurationUnavailableError');
  s3.isAway = false;

  expect(await handler(event, CONTEXT)).toMatchObject({ statusCode: 202 });
});

it('counts what each HR system sends by its name, and writes down nothing that was sent', async () => {
  const { handler, lines } = await loadHandler();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const call = (key: string) => {
    const headers = signedLikeWorkday(BODY, timestamp, key);
    const event = { routeKey: 'POST /hr/workday-like', headers, body: BODY, isBase64Encoded: false };
    return handler(event, CONTEXT);
  };

  const answers = [await call(SIGNING_KEY), await call(SIGNING_KEY), await call(ANOTHER_KEY)];

  expect(answers).toMatchObject([{ statusCode: 202 }, { statusCode: 202 }, { statusCode: 401 }]);
  const metrics = lines.flatMap((line) => metricSchema.safeParse(JSON.parse(line)).data ?? []);
  expect(
    metrics.map(({ _aws, ...values }) => {
      const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
      return { Namespace, Dimensions, name: Metrics[0].Name, count: values[Metrics[0].Name], system: values.system };
    }),
  ).toEqual(
    // Both each time: the alarm on refusals computes with the two.
    [
      { name: 'HrNotificationTaken', count: 1 },
      { name: 'HrSignatureRefused', count: 0 },
      { name: 'HrNotificationTaken', count: 0 },
      { name: 'HrSignatureRefused', count: 1 },
    ].map((counted) => ({
      Namespace: 'LastPassOffboarding',
      Dimensions: [['service', 'system']],
      ...counted,
      system: 'workday-like',
    })),
  );
  expect(lines.length).toBeGreaterThan(metrics.length);
  const signature = signedLikeWorkday(BODY, timestamp)['x-signature'] ?? 'none';
  for (const said of ['jane', 'Jane', 'Melbourne', signature, SIGNING_KEY]) expect(lines.join()).not.toContain(said);
});

it('tells of a key that cannot be used before anybody sends, by name, with what to do and a count', async () => {
  const { handler, lines } = await loadHandler('fifteen-letters');

  const found = await handler({ source: 'aws.events', 'detail-type': 'Scheduled Event' }, CONTEXT);

  const unusable = { problem: 'signingKey is shorter than 16 characters', remedy: expect.stringContaining('runbook') };
  expect(found).toEqual({
    unusableKeys: ['workday-like', 'adp-like'].map((system) => ({ system, ...unusable })),
  });
  const said = lines.map((line): unknown => JSON.parse(line));
  expect(said).toContainEqual(expect.objectContaining({ level: 'ERROR', system: 'adp-like', ...unusable }));
  expect(said).toContainEqual(expect.objectContaining({ system: 'adp-like', HrSigningKeyUnusable: 1 }));
  expect(lines.join()).not.toContain('fifteen-letters');
});

it('says so again with each delivery that cannot be checked', async () => {
  const { handler, lines } = await loadHandler('fifteen-letters');
  const headers = signedLikeWorkday(BODY, String(Math.floor(Date.now() / 1000)));
  const event = { routeKey: 'POST /hr/workday-like', headers, body: BODY, source: 'com.example.stranger' };
  expect(await handler(event, CONTEXT)).toMatchObject({ statusCode: 503 });
  expect(lines.join()).toContain('signingKey is shorter than 16 characters');
});

const CONTEXT = {
  functionName: 'ReceiveHrWebhook',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:ReceiveHrWebhook',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  logGroupName: 'log',
  logStreamName: 'stream',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 1000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
