import { Logger } from '@aws-lambda-powertools/logger';
import { openCaseTable } from '../cases/case-table.ts';
import { createDepartures } from '../cases/departures.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createLeaverStore } from '../cases/dynamo-leaver-store.ts';
import { systemClock } from '../clock.ts';
import { createPeople } from '../domain/people.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { confirmDecision } from './confirm-decision.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const { CASE_TABLE_NAME, LASTPASS_CONTRACT, VOTING_RULES, PEOPLE_RULES } = readEnvironment(
  environmentSchema.pick({ CASE_TABLE_NAME: true, LASTPASS_CONTRACT: true, VOTING_RULES: true, PEOPLE_RULES: true }),
);
const table = openCaseTable(CASE_TABLE_NAME);
const people = createPeople(PEOPLE_RULES);
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const step = confirmDecision({
  cases,
  departures: createDepartures({ cases, leavers: createLeaverStore(table, people) }),
  contract: LASTPASS_CONTRACT,
  rules: VOTING_RULES,
  people,
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Confirm decision',
  logger: new Logger(),
  event: caseEventSchema,
  run: ({ executionArn, state }) => step({ executionArn, caseId: state.caseId, isTimedOut: 'timedOut' in state }),
});
