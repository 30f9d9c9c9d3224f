import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { openCaseTable } from '../cases/case-table.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { stepHandler } from '../steps/step-handler.ts';
import { createSourceClock } from './heartbeat-store.ts';
import { watchSources } from './watch-sources.ts';

const { CASE_TABLE_NAME, WATCHED_SOURCES } = readEnvironment(
  environmentSchema.pick({ CASE_TABLE_NAME: true, WATCHED_SOURCES: true }),
);
const logger = new Logger();
const metrics = new Metrics();
const watch = watchSources({
  sources: WATCHED_SOURCES,
  clock: createSourceClock(openCaseTable(CASE_TABLE_NAME)),
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Watch sources',
  logger,
  event: z.unknown(),
  run: async () => {
    const silent = await watch();
    for (const { system, days } of silent) {
      logger.warn('HR source is silent', { system, days });
      metrics.singleMetric().addDimension('system', system).addMetric('HrSourceSilent', MetricUnit.Count, days);
    }
    return { silent };
  },
});
