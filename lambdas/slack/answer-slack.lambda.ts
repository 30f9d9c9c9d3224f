import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { linksFrom, signalFrom } from '../approval/links-from-environment.ts';
import { recordAndNotify } from '../approval/submit-vote.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { buildApprovalView } from '../presentation/text/build-approval-view.ts';
import { answerSlack } from './answer-slack.ts';
import { slackAnnouncerFrom, slackFrom } from './slack-from-environment.ts';
import { createSlackNonceStore } from './slack-nonce.ts';
import { readSlackRequest } from './slack-request.ts';
import { voteFromSlack } from './slack-vote.ts';

const environment = readEnvironment(
  environmentSchema
    .pick({
      CASE_TABLE_NAME: true,
      PEOPLE_RULES: true,
      LASTPASS_CONTRACT: true,
      VOTING_RULES: true,
      HOLD_SECONDS: true,
      APPROVAL_BASE_URL: true,
      MAIL_SENDER: true,
      MAIL_CONFIGURATION_SET: true,
      SLACK_SECRET_ARN: true,
      SLACK_CHANNEL: true,
      SLACK_API_URL: true,
    })
    .required({ SLACK_SECRET_ARN: true }),
);
const logger = new Logger();
const metrics = new Metrics();
const table = openCaseTable(environment.CASE_TABLE_NAME);
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const linkDeps = linksFrom(environment, table);
// Slack gives up on an answer after 3 s. Whoever clicks learns more from one quick try than from a second one too late.
const slack = slackFrom(environment, { timeoutMs: 1200, retries: 0 });
if (!slack) throw new TypeError('SLACK_SECRET_ARN: is missing');
const announcer = slackAnnouncerFrom(slack, { ...linkDeps, table, channel: environment.SLACK_CHANNEL, logger });
const voteDeps = {
  ...linkDeps,
  cases,
  mailer: createSesMailer({
    client: new SESv2Client(),
    sender: environment.MAIL_SENDER,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
  }),
  signal: signalFrom(table, cases),
  // What is decided by a click has no news: it keeps the account disabled.
  planNews: async () => undefined,
  tellNews: async () => undefined,
  // The endpoint itself edits the messages, after it has answered the person.
  tellInSlack: async () => undefined,
  onFault: (what: string, error: unknown) => {
    logger.error(`vote recorded, but: ${what} failed`, { errorName: nameOf(error) });
    if (what !== 'signal') return;
    metrics.addMetric('DecisionNotSignalled', MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  },
};
const answer = answerSlack({
  credentials: slack.credentials,
  nonces: createSlackNonceStore(table),
  cases,
  people: linkDeps.people,
  contract: environment.LASTPASS_CONTRACT,
  rules: environment.VOTING_RULES,
  shownHashOf: (asked, approver) => buildApprovalView(asked, approver, linkDeps).shownHash,
  decide: (decision) => recordAndNotify(voteDeps, decision.asked, voteFromSlack(decision, systemClock())),
  announce: announcer.tellDecided,
  notifier: slack.notifier,
  onRefusal: (why) => logger.warn('Slack request refused', { why }),
  onFault: (fault, error) => logger.error('Slack request failed', { fault, errorName: nameOf(error) }),
  now: systemClock,
});

/** Never logs the event: its body names people. */
export const handler = middy(async (event: unknown, _context: Context) => answer(readSlackRequest(event))).use(
  injectLambdaContext(logger),
);

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
