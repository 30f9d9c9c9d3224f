import { Logger } from '@aws-lambda-powertools/logger';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { linksFrom } from '../approval/links-from-environment.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { composeOutcomeMail } from '../presentation/mails/outcome-mail.ts';
import { undoneBy } from '../presentation/text/undone-by.ts';
import { slackAnnouncerFrom, slackFrom } from '../slack/slack-from-environment.ts';
import { announceOutcome } from './announce-outcome.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    PEOPLE_RULES: true,
    CONFIGURATION_DOCUMENT: true,
    APPROVAL_BASE_URL: true,
    HOLD_SECONDS: true,
    LASTPASS_CONTRACT: true,
    VOTING_RULES: true,
    MAIL_SENDER: true,
    MAIL_CONFIGURATION_SET: true,
    SLACK_SECRET_ARN: true,
    SLACK_CHANNEL: true,
    SLACK_API_URL: true,
  }),
);
const logger = new Logger();
const table = openCaseTable(environment.CASE_TABLE_NAME);
const linkDeps = linksFrom(environment, table);
const slack = slackAnnouncerFrom(slackFrom(environment), {
  table,
  logger,
  ...linkDeps,
  channel: environment.SLACK_CHANNEL,
});
const step = announceOutcome({
  cases: new DynamoCaseStore({ ...table, now: systemClock }),
  mailer: createSesMailer({
    client: new SESv2Client(),
    sender: environment.MAIL_SENDER,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
  }),
  compose: ({ termination, ...finished }, recipient) =>
    composeOutcomeMail({
      ...finished,
      leaver: termination,
      timeZone: recipient.timeZone ?? termination.timeZone,
      undone: finished.outcome.kind === 'undone' ? undoneBy(finished) : undefined,
    }),
  tellInSlack: slack.tellEnded,
  configured: configurationFrom(environment),
  people: linkDeps.people,
});

export const handler = stepHandler({
  name: 'Announce outcome',
  logger,
  event: caseEventSchema,
  run: ({ executionArn, state }) => step({ executionArn, caseId: state.caseId }),
});
