import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { openCaseTable } from '../cases/case-table.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { stepHandler } from '../steps/step-handler.ts';
import { createSourceClock } from './heartbeat-store.ts';
import { watchSources } from './watch-sources.ts';

const environment = readEnvironment(environmentSchema.pick({ CASE_TABLE_NAME: true, CONFIGURATION_DOCUMENT: true }));
const configuration = configurationFrom(environment);
const logger = new Logger();
const metrics = new Metrics();
const clock = createSourceClock(openCaseTable(environment.CASE_TABLE_NAME));

export const handler = stepHandler({
  name: 'Watch sources',
  logger,
  event: z.unknown(),
  run: async () => {
    const { watchedSources: sources } = await configuration();
    const silent = await watchSources({ sources, clock, now: systemClock })();
    for (const { system, days } of silent) {
      logger.warn('HR source is silent', { system, days });
      metrics.singleMetric().addDimension('system', system).addMetric('HrSourceSilent', MetricUnit.Count, days);
    }
    return { silent };
  },
});
