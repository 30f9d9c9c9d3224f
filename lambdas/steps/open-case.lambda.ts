import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createCountLeaver } from '../brake/count-leaver.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createEmployeeStore } from '../cases/dynamo-employee-store.ts';
import { createLeaverStore } from '../cases/dynamo-leaver-store.ts';
import { createParkedEventStore } from '../cases/dynamo-side-stores.ts';
import { createLeaverCounter } from '../cases/leaver-counter.ts';
import { createPauseStore } from '../cases/pause-store.ts';
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
    BRAKE_RULES: true,
  }),
);
const table = openCaseTable(environment.CASE_TABLE_NAME);
const configuration = configurationFrom(environment);
const metrics = new Metrics();
const logger = new Logger();
const cases = new DynamoCaseStore({ ...table, now: systemClock });
/** Counting is done in milliseconds; whoever is reported to leave waits no longer for it than this. */
const COUNTING_MS = 1_000;

const countLeaver = createCountLeaver({
  open() {
    const options = { abortSignal: AbortSignal.timeout(COUNTING_MS) };
    return { pauses: createPauseStore(table, options), leavers: createLeaverCounter(table, options) };
  },
  rules: environment.BRAKE_RULES,
  onPaused: () => count('DeletesPaused'),
  onUncounted(error) {
    logger.error('leaver not counted', { errorName: error instanceof Error ? error.name : typeof error });
    count('LeaversNotCounted');
  },
  now: systemClock,
});
const step = openCase({
  countLeaver,
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
  logger,
  event: stepEventSchema,
  run: async ({ executionArn, state }) => {
    const result = await step({ executionArn, event: state });
    if (isParked(result)) count('EventParked');
    return result;
  },
});

function count(name: 'EventParked' | 'DeletesPaused' | 'LeaversNotCounted'): void {
  metrics.addMetric(name, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
