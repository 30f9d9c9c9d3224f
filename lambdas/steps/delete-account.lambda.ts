import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { openCaseTable } from '../cases/case-table.ts';
import { createDepartures } from '../cases/departures.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createDirectoryReadings } from '../cases/dynamo-directory-readings.ts';
import { createLeaverStore } from '../cases/dynamo-leaver-store.ts';
import { createPauseStore, createReadBrake } from '../cases/pause-store.ts';
import { systemClock } from '../clock.ts';
import { createPeople } from '../domain/people.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { DeletesPausedError } from '../gate/errors.ts';
import { lastPassFrom } from '../lastpass/client-from-environment.ts';
import { countingLastPassFaults } from './count-lastpass-faults.ts';
import { deleteAccount } from './delete-account.ts';
import { decidedEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    PEOPLE_RULES: true,
    LASTPASS_SECRET_ARN: true,
    LASTPASS_URL: true,
    LASTPASS_CONTRACT: true,
    VOTING_RULES: true,
  }),
);
const logger = new Logger();
const metrics = new Metrics();
const table = openCaseTable(environment.CASE_TABLE_NAME);
const people = createPeople(environment.PEOPLE_RULES);
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const step = deleteAccount({
  cases,
  departures: createDepartures({ cases, leavers: createLeaverStore(table, people) }),
  people,
  readings: createDirectoryReadings(table, systemClock),
  readBrake: createReadBrake(createPauseStore(table)),
  lastPass: lastPassFrom(environment, logger),
  contract: environment.LASTPASS_CONTRACT,
  rules: environment.VOTING_RULES,
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Delete account',
  logger,
  event: decidedEventSchema,
  run: countingLastPassFaults(metrics, async ({ executionArn, state }) => {
    try {
      return await step({ executionArn, caseId: state.caseId, decisionId: state.decisionId });
    } catch (error) {
      // Lambda counts it among its errors; waiting is none.
      if (error instanceof DeletesPausedError) {
        metrics.addMetric('DeleteWaitsForBrake', MetricUnit.Count, 1);
        metrics.publishStoredMetrics();
      }
      throw error;
    }
  }),
});
