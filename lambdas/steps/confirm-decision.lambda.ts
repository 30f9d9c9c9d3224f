import { Logger } from '@aws-lambda-powertools/logger';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { confirmDecision } from './confirm-decision.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const { CASE_TABLE_NAME } = readEnvironment(environmentSchema.pick({ CASE_TABLE_NAME: true }));
const step = confirmDecision({
  cases: new DynamoCaseStore({ ...openCaseTable(CASE_TABLE_NAME), now: systemClock }),
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Confirm decision',
  logger: new Logger(),
  event: caseEventSchema,
  run: ({ executionArn, state }) => step({ executionArn, caseId: state.caseId, isTimedOut: 'timedOut' in state }),
});
