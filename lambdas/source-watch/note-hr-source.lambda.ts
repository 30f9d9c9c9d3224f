import { Logger } from '@aws-lambda-powertools/logger';
import { openCaseTable } from '../cases/case-table.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { stepHandler } from '../steps/step-handler.ts';
import { createSourceClock } from './heartbeat-store.ts';
import { heardEventSchema, noteHrSource } from './note-hr-source.ts';

const environment = readEnvironment(environmentSchema.pick({ CASE_TABLE_NAME: true, CONFIGURATION_DOCUMENT: true }));
const configuration = configurationFrom(environment);
const clock = createSourceClock(openCaseTable(environment.CASE_TABLE_NAME));

export const handler = stepHandler({
  name: 'Note HR source',
  logger: new Logger(),
  event: heardEventSchema,
  run: async (event) => {
    const { watchedSources: sources } = await configuration();
    return noteHrSource({ sources, clock, now: systemClock })(event);
  },
});
