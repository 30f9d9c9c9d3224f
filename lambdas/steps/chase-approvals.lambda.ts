import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { signalDecision } from '../approval/signal-decision.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createTaskTokenStore } from '../cases/dynamo-side-stores.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { chaseApprovals } from './chase-approvals.ts';
import { stepHandler } from './step-handler.ts';

const { CASE_TABLE_NAME } = readEnvironment(environmentSchema.pick({ CASE_TABLE_NAME: true }));
const table = openCaseTable(CASE_TABLE_NAME);
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const signalDeps = { cases, taskTokens: createTaskTokenStore(table), sfn: new SFNClient(), now: systemClock };
const metrics = new Metrics();
const step = chaseApprovals({ cases, signal: (decided) => signalDecision(signalDeps, decided) });

export const handler = stepHandler({
  name: 'Chase approvals',
  logger: new Logger(),
  event: z.unknown(),
  run: async () => {
    const result = await step();
    if (result.signalled > 0) {
      metrics.addMetric('DecisionSignalledLate', MetricUnit.Count, result.signalled);
      metrics.publishStoredMetrics();
    }
    return result;
  },
});
