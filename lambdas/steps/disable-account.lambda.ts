import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createDirectoryReadings } from '../cases/dynamo-directory-readings.ts';
import { createParkedEventStore } from '../cases/dynamo-side-stores.ts';
import { createIdentityMap } from '../cases/identity-map.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { lastPassFrom } from '../lastpass/client-from-environment.ts';
import { countingLastPassFaults } from './count-lastpass-faults.ts';
import { type DisableAccountResult, disableAccount } from './disable-account.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    LASTPASS_SECRET_ARN: true,
    LASTPASS_URL: true,
    LASTPASS_CONTRACT: true,
    PROTECTED_ACCOUNTS: true,
  }),
);
const table = openCaseTable(environment.CASE_TABLE_NAME);
const logger = new Logger();
const metrics = new Metrics();
const step = disableAccount({
  cases: new DynamoCaseStore({ ...table, now: systemClock }),
  identities: createIdentityMap(table),
  parkedEvents: createParkedEventStore(table),
  protectedAccounts: environment.PROTECTED_ACCOUNTS,
  readings: createDirectoryReadings(table, systemClock),
  lastPass: lastPassFrom(environment, logger),
  now: systemClock,
});

/** By what the case says, so that a run after a crash still tells: an alarm that rings twice is no harm. */
function count(result: DisableAccountResult): void {
  if (result.route !== 'finished' || result.outcome.parkedId === undefined) return;
  const { heldBackFor } = result.outcome;
  metrics.addMetric('EventParked', MetricUnit.Count, 1);
  if (heldBackFor === 'protected account') metrics.addMetric('ProtectedAccountReported', MetricUnit.Count, 1);
  if (heldBackFor === 'last administrator') metrics.addMetric('LastAdministratorReported', MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}

export const handler = stepHandler({
  name: 'Disable account',
  logger,
  event: caseEventSchema,
  run: countingLastPassFaults(metrics, async ({ executionArn, state }) => {
    const result = await step({ executionArn, caseId: state.caseId });
    count(result);
    return result;
  }),
});
