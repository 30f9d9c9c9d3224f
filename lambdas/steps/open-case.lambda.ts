import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SFNClient } from '@aws-sdk/client-sfn';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createEmployeeStore } from '../cases/dynamo-employee-store.ts';
import { createLeaverStore } from '../cases/dynamo-leaver-store.ts';
import { createParkedEventStore } from '../cases/dynamo-side-stores.ts';
import { createReinstatementLimit } from '../cases/reinstatement-limit.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { createPeople } from '../domain/people.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { isExecutionRunning } from '../hr-intake/is-execution-running.ts';
import { isParked } from '../hr-intake/open-case-result.ts';
import { openCase } from './open-case.ts';
import { stepEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    CONFIGURATION_DOCUMENT: true,
    LOCATIONS: true,
    PEOPLE_RULES: true,
    REPORTING_SYSTEMS: true,
    CANCELLATIONS_PER_HOUR: true,
  }),
);
const table = openCaseTable(environment.CASE_TABLE_NAME);
const configuration = configurationFrom(environment);
const metrics = new Metrics();
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const step = openCase({
  cases,
  placeholders: cases,
  leavers: createLeaverStore(table, createPeople(environment.PEOPLE_RULES)),
  employees: createEmployeeStore(table),
  reportingSystems: environment.REPORTING_SYSTEMS,
  reinstatements: createReinstatementLimit(table, { perHour: environment.CANCELLATIONS_PER_HOUR, now: systemClock }),
  locations: async () => environment.LOCATIONS ?? (await configuration()).locations,
  parkedEvents: createParkedEventStore(table),
  isRunning: isExecutionRunning(new SFNClient()),
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Open case',
  logger: new Logger(),
  event: stepEventSchema,
  run: async ({ executionArn, state }) => {
    const result = await step({ executionArn, event: state });
    if (isParked(result)) {
      metrics.addMetric('EventParked', MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    }
    return result;
  },
});
