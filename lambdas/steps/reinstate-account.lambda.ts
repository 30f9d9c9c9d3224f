import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createDirectoryReadings } from '../cases/dynamo-directory-readings.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { lastPassFrom } from '../lastpass/client-from-environment.ts';
import { countingLastPassFaults } from './count-lastpass-faults.ts';
import { reinstateAccount } from './reinstate-account.ts';
import { decidedEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    LASTPASS_SECRET_ARN: true,
    LASTPASS_URL: true,
    LASTPASS_CONTRACT: true,
    SEND_PASSWORD_RESET: true,
  }),
);
const table = openCaseTable(environment.CASE_TABLE_NAME);
const logger = new Logger();
const metrics = new Metrics();
const step = reinstateAccount({
  cases: new DynamoCaseStore({ ...table, now: systemClock }),
  readings: createDirectoryReadings(table, systemClock),
  lastPass: lastPassFrom(environment, logger),
  sendPasswordReset: environment.SEND_PASSWORD_RESET,
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Reinstate account',
  logger,
  event: decidedEventSchema,
  run: countingLastPassFaults(metrics, ({ executionArn, state }) =>
    step({ executionArn, caseId: state.caseId, decisionId: state.decisionId }),
  ),
});
