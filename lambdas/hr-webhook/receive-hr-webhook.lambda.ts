import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { openCaseTable } from '../cases/case-table.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createDeliveryMarks } from './delivery-marks.ts';
import { readHrWebhookRequest } from './hr-webhook-request.ts';
import { notificationPutter } from './put-notification.ts';
import { receiveHrWebhook } from './receive-hr-webhook.ts';
import { webhookSystems } from './webhook-systems.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    EVENT_BUS_NAME: true,
    HR_SYSTEMS: true,
    HR_WEBHOOK_SECRETS: true,
  }),
);
const logger = new Logger();
const metrics = new Metrics();
const receive = receiveHrWebhook({
  systems: webhookSystems(environment.HR_SYSTEMS, {
    client: new SecretsManagerClient(),
    secretArns: environment.HR_WEBHOOK_SECRETS,
  }),
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
  onFault: (story, error) =>
    logger.error('HR notification failed', { ...story, errorName: error instanceof Error ? error.name : typeof error }),
  now: systemClock,
});

/** Never logs the event: its body names people, and its headers hold the signature. */
export const handler = middy(async (event: unknown, _context: Context) => receive(readHrWebhookRequest(event))).use(
  injectLambdaContext(logger),
);

/** Both each time: an alarm computes with the two, and nothing can be computed with one that is missing. */
function count(system: string, { taken, refused }: { taken: number; refused: number }): void {
  const ofSystem = () => metrics.singleMetric().addDimension('system', system);
  ofSystem().addMetric('HrNotificationTaken', MetricUnit.Count, taken);
  ofSystem().addMetric('HrSignatureRefused', MetricUnit.Count, refused);
}
