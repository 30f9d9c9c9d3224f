import { Logger } from '@aws-lambda-powertools/logger';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { eventFaultSchema } from '../domain/hr-events/hr-event.ts';
import { createPeople } from '../domain/people.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { composeLateChangeMail } from '../presentation/mails/late-change-mail.ts';
import { notifyLateChange } from './notify-late-change.ts';
import { stepEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    PEOPLE_RULES: true,
    CONFIGURATION_DOCUMENT: true,
    MAIL_SENDER: true,
    MAIL_CONFIGURATION_SET: true,
  }),
);
const step = notifyLateChange({
  cases: new DynamoCaseStore({ ...openCaseTable(environment.CASE_TABLE_NAME), now: systemClock }),
  mailer: createSesMailer({
    client: new SESv2Client(),
    sender: environment.MAIL_SENDER,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
  }),
  compose: ({ caseId, termination, ...about }, fault, recipient) =>
    composeLateChangeMail({
      caseId,
      fault,
      leaver: termination,
      timeZone: recipient.timeZone ?? termination.timeZone,
      decision: 'decision' in about ? about.decision : undefined,
    }),
  configured: configurationFrom(environment),
  people: createPeople(environment.PEOPLE_RULES),
  now: systemClock,
});

/** The state as Open case left it: see its result "too late". */
const lateChangeSchema = stepEventSchema.extend({
  state: z.looseObject({ caseId: z.string(), parkedId: z.string(), fault: eventFaultSchema }),
});

export const handler = stepHandler({
  name: 'Notify late change',
  logger: new Logger(),
  event: lateChangeSchema,
  run: ({ state: { caseId, parkedId, fault } }) => step({ caseId, parkedId, fault }),
});
