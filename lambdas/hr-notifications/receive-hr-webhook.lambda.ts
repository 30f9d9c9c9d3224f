import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { openCaseTable } from '../cases/case-table.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { keptOnce } from '../configuration/kept-once.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { readHrWebhookRequest } from './hr-webhook-request.ts';
import { notificationPutter } from './put-notification.ts';
import { receiveHrWebhook } from './receive-hr-webhook.ts';
import { createDeliveryMarks } from './replay-guard.ts';
import { type UnusableKey, unusableKeyIn, unusableKeysOf } from './unusable-key.ts';
import { webhookSystems } from './webhook-systems.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    EVENT_BUS_NAME: true,
    CONFIGURATION_DOCUMENT: true,
    HR_WEBHOOK_SECRETS: true,
  }),
);
const logger = new Logger();
const metrics = new Metrics();
const configuration = configurationFrom(environment);
// Once, because each keeps its signing key.
const systems = keptOnce(async () =>
  webhookSystems((await configuration()).hrSystems, {
    client: new SecretsManagerClient(),
    secretArns: environment.HR_WEBHOOK_SECRETS,
  }),
);
const receive = receiveHrWebhook({
  systems,
  marks: createDeliveryMarks(openCaseTable(environment.CASE_TABLE_NAME)),
  put: notificationPutter({ client: new EventBridgeClient(), busName: environment.EVENT_BUS_NAME }),
  onTaken: (story) => {
    logger.info('HR notification taken', { ...story });
    count(story.system, { taken: 1, refused: 0 });
  },
  onRepeated: (story) => logger.info('HR notification repeated', { ...story }),
  onRefusal: (refusal) => {
    logger.warn('HR notification refused', { ...refusal });
    if (refusal.status === 401 && refusal.system) count(refusal.system, { taken: 0, refused: 1 });
  },
  onFault: (story, error) => {
    logger.error('HR notification failed', { ...story, errorName: error instanceof Error ? error.name : typeof error });
    const unusable = unusableKeyIn(story.system, error);
    if (unusable) tellOf(unusable);
  },
  now: systemClock,
});

/** Never logs the event: its body names people, and its headers hold the signature. */
export const handler = middy(async (event: unknown, _context: Context) =>
  isScheduled(event) ? checkKeys() : receive(readHrWebhookRequest(event)),
).use(injectLambdaContext(logger));

/** What nobody can say through API Gateway, which puts a request's own words further in. */
function isScheduled(event: unknown): boolean {
  return z.object({ source: z.literal('aws.events') }).safeParse(event).success;
}

/** By this function, because it is the one that may read the keys. */
async function checkKeys(): Promise<{ readonly unusableKeys: readonly UnusableKey[] }> {
  const unusableKeys = await unusableKeysOf(await systems());
  for (const unusable of unusableKeys) tellOf(unusable);
  return { unusableKeys };
}

function tellOf(unusable: UnusableKey): void {
  logger.error('HR signing key cannot be used', { ...unusable });
  const { system } = unusable;
  metrics.singleMetric().addDimension('system', system).addMetric('HrSigningKeyUnusable', MetricUnit.Count, 1);
}

/** Both each time: an alarm computes with the two, and nothing can be computed with one that is missing. */
function count(system: string, { taken, refused }: { taken: number; refused: number }): void {
  const ofSystem = () => metrics.singleMetric().addDimension('system', system);
  ofSystem().addMetric('HrNotificationTaken', MetricUnit.Count, taken);
  ofSystem().addMetric('HrSignatureRefused', MetricUnit.Count, refused);
}
