import { Logger } from '@aws-lambda-powertools/logger';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { composeOutcomeMail } from '../approval/outcome-mail.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { announceOutcome } from './announce-outcome.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({ CASE_TABLE_NAME: true, APPROVERS: true, MAIL_SENDER: true }),
);
const step = announceOutcome({
  cases: new DynamoCaseStore({ ...openCaseTable(environment.CASE_TABLE_NAME), now: systemClock }),
  mailer: createSesMailer({ client: new SESv2Client(), sender: environment.MAIL_SENDER }),
  compose: ({ termination, ...finished }) =>
    composeOutcomeMail({ ...finished, leaver: termination, timeZone: termination.timeZone }),
  approvers: environment.APPROVERS,
});

export const handler = stepHandler({
  name: 'Announce outcome',
  logger: new Logger(),
  event: caseEventSchema,
  run: ({ executionArn, state }) => step({ executionArn, caseId: state.caseId }),
});
