import { Logger } from '@aws-lambda-powertools/logger';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createDirectoryReadings } from '../cases/dynamo-directory-readings.ts';
import { createDirectorySizeNote } from '../cases/leaver-counter.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { lastPassFrom } from '../lastpass/client-from-environment.ts';
import { gatherFacts } from './gather-facts.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    LASTPASS_SECRET_ARN: true,
    LASTPASS_URL: true,
    LASTPASS_CONTRACT: true,
    DIRECTORY_MANAGED: true,
    REPORTING_TIME_ZONE: true,
  }),
);
const table = openCaseTable(environment.CASE_TABLE_NAME);
const logger = new Logger();
const step = gatherFacts({
  cases: new DynamoCaseStore({ ...table, now: systemClock }),
  readings: createDirectoryReadings(table, systemClock),
  noteDirectorySize: createDirectorySizeNote(table, systemClock),
  lastPass: lastPassFrom(environment, logger),
  isDirectoryManaged: environment.DIRECTORY_MANAGED,
  reportingTimeZone: environment.REPORTING_TIME_ZONE,
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Gather facts',
  logger,
  event: caseEventSchema,
  run: ({ executionArn, state }) => step({ executionArn, caseId: state.caseId }),
});
