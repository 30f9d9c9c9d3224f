import { Logger } from '@aws-lambda-powertools/logger';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { linksFrom, signalFrom } from '../approval/links-from-environment.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createLeaverStore } from '../cases/dynamo-leaver-store.ts';
import { createTaskTokenStore } from '../cases/dynamo-task-tokens.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { composeApprovalMail } from '../presentation/mails/approval-mail.ts';
import { slackAnnouncerFrom, slackFrom } from '../slack/slack-from-environment.ts';
import { requestApproval } from './request-approval.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    PEOPLE_RULES: true,
    CONFIGURATION_DOCUMENT: true,
    APPROVAL_BASE_URL: true,
    APPROVAL_TIMEOUT_SECONDS: true,
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
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const taskTokens = createTaskTokenStore(table, systemClock);
const linkDeps = linksFrom(environment, table);
const slack = slackAnnouncerFrom(slackFrom(environment), {
  ...linkDeps,
  table,
  channel: environment.SLACK_CHANNEL,
  logger,
});
const step = requestApproval({
  ...linkDeps,
  cases,
  taskTokens,
  leavers: createLeaverStore(table, linkDeps.people),
  mailer: createSesMailer({
    client: new SESv2Client(),
    sender: environment.MAIL_SENDER,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
  }),
  signal: signalFrom(table, cases),
  compose: composeApprovalMail,
  askInSlack: slack.ask,
  configured: configurationFrom(environment),
  approvalTimeoutSeconds: environment.APPROVAL_TIMEOUT_SECONDS,
});

export const handler = stepHandler({
  name: 'Request approval',
  logger,
  event: caseEventSchema.extend({ taskToken: z.string().min(1) }),
  run: ({ executionArn, state, taskToken }) => step({ executionArn, caseId: state.caseId, taskToken }),
});
