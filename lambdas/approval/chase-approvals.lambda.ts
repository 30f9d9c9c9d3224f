import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { chaseBrake } from '../brake/chase-brake.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createTaskTokenStore } from '../cases/dynamo-task-tokens.ts';
import { createPauseStore } from '../cases/pause-store.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { newsFrom } from '../decision-news/news-from-environment.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { composeReminderMail } from '../presentation/mails/reminder-mail.ts';
import { slackAnnouncerFrom, slackFrom } from '../slack/slack-from-environment.ts';
import { stepHandler } from '../steps/step-handler.ts';
import { chaseApprovals } from './chase-approvals.ts';
import { endSuperseded } from './end-superseded.ts';
import { linksFrom, signalFrom } from './links-from-environment.ts';

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
    OPERATOR_EMAIL: true,
    SLACK_SECRET_ARN: true,
    SLACK_CHANNEL: true,
    SLACK_API_URL: true,
  }),
);
const logger = new Logger();
const metrics = new Metrics();
const table = openCaseTable(environment.CASE_TABLE_NAME);
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const linkDeps = linksFrom(environment, table);
const slack = slackAnnouncerFrom(slackFrom(environment), {
  ...linkDeps,
  table,
  channel: environment.SLACK_CHANNEL,
  logger,
});
const taskTokens = createTaskTokenStore(table, systemClock);
const sfn = new SFNClient();
const mailer = createSesMailer({
  client: new SESv2Client(),
  sender: environment.MAIL_SENDER,
  configurationSet: environment.MAIL_CONFIGURATION_SET,
});
const news = newsFrom(environment, { ...linkDeps, cases, mailer, tellInSlack: slack.tellNews, table, logger, metrics });
const configured = configurationFrom(environment);
const step = chaseApprovals({
  ...linkDeps,
  cases,
  mailer,
  tellDueNews: news.tellDueNews,
  signal: signalFrom(table, cases),
  taskTokens,
  endSuperseded: (task) => endSuperseded({ cases, taskTokens, sfn }, task),
  composeReminder: (nth) => (view) => composeReminderMail({ ...view, nth, isEscalation: false }),
  composeEscalation: (view) => composeReminderMail({ ...view, nth: 0, isEscalation: true }),
  askInSlack: slack.ask,
  configured,
  onFault: (caseId, error) => {
    logger.error('case not chased', { caseId, errorName: nameOf(error) });
    metrics.addMetric('CaseNotChased', MetricUnit.Count, 1);
  },
});

const brake = chaseBrake({
  ...linkDeps,
  ...{ cases, mailer },
  pauses: createPauseStore(table),
  configured,
  operatorEmail: environment.OPERATOR_EMAIL,
  onFault: (error) => logger.error('somebody was not told of the brake', { errorName: nameOf(error) }),
});

/** First, because thousands of cases may follow; what fails here must not keep them from being chased. */
async function chaseBrakeQuietly(): Promise<void> {
  try {
    const { isPaused, isNobodyLeft } = await brake();
    if (isPaused) count('DeletesPaused');
    if (isNobodyLeft) count('NobodyLeftToDecide');
  } catch (error) {
    logger.error('brake not chased', { errorName: nameOf(error) });
    count('CaseNotChased');
  }
}

function count(name: 'DeletesPaused' | 'NobodyLeftToDecide' | 'CaseNotChased'): void {
  metrics.addMetric(name, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

export const handler = stepHandler({
  name: 'Chase approvals',
  logger,
  event: z.unknown(),
  run: async () => {
    await chaseBrakeQuietly();
    const chased = await step();
    metrics.addMetric('OldestUndecidedSeconds', MetricUnit.Seconds, chased.oldestUndecidedSeconds);
    metrics.addMetric('ApprovalsOverdue', MetricUnit.Count, chased.overdue);
    metrics.addMetric('NobodyLeftToDecide', MetricUnit.Count, chased.nobodyLeft);
    if (chased.signalled > 0) metrics.addMetric('DecisionSignalledLate', MetricUnit.Count, chased.signalled);
    metrics.publishStoredMetrics();
    return chased;
  },
});
