import { Logger } from '@aws-lambda-powertools/logger';
import { openCaseTable } from '../cases/case-table.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { stepHandler } from '../steps/step-handler.ts';
import { createSourceClock } from './heartbeat-store.ts';
import { heardEventSchema, noteHrSource } from './note-hr-source.ts';

const { CASE_TABLE_NAME, WATCHED_SOURCES } = readEnvironment(
  environmentSchema.pick({ CASE_TABLE_NAME: true, WATCHED_SOURCES: true }),
);

export const handler = stepHandler({
  name: 'Note HR source',
  logger: new Logger(),
  event: heardEventSchema,
  run: noteHrSource({
    sources: WATCHED_SOURCES,
    clock: createSourceClock(openCaseTable(CASE_TABLE_NAME)),
    now: systemClock,
  }),
});
