import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { openCaseTable } from '../cases/case-table.ts';
import { createParkedEventStore } from '../cases/dynamo-side-stores.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { stepEventSchema, stepHandler } from '../steps/step-handler.ts';
import { parkNotification } from './park-notification.ts';

const { CASE_TABLE_NAME } = readEnvironment(environmentSchema.pick({ CASE_TABLE_NAME: true }));
const metrics = new Metrics();
const step = parkNotification({
  parkedEvents: createParkedEventStore(openCaseTable(CASE_TABLE_NAME)),
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Park notification',
  logger: new Logger(),
  event: stepEventSchema.extend({
    state: z.looseObject({ failure: z.object({ translateNotification: z.object({ Error: z.string() }) }) }),
  }),
  run: async ({ executionArn, state: { failure, ...event } }) => {
    const result = await step({ executionArn, event, error: failure.translateNotification.Error });
    metrics.addMetric('EventParked', MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
    return result;
  },
});
