import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { answerResume, showSignedInResume } from '../brake/answer-resume.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createPauseStore } from '../cases/pause-store.ts';
import { systemClock } from '../clock.ts';
import { newsFrom } from '../decision-news/news-from-environment.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { renderRefusedPage } from '../presentation/pages/refused-page.ts';
import { slackAnnouncerFrom, slackFrom } from '../slack/slack-from-environment.ts';
import { createCodeChallengeStore, createSignInChallengeStore } from '../step-up/dynamo-challenge-store.ts';
import { oidcFrom } from '../step-up/oidc-from-environment.ts';
import { answerApproval } from './answer-approval.ts';
import { answerSignIn } from './answer-sign-in.ts';
import { readHttpEvent } from './http-event.ts';
import { linksFrom, signalFrom } from './links-from-environment.ts';
import { type PageRequest, type PageResponse, page } from './page-exchange.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    PEOPLE_RULES: true,
    LASTPASS_CONTRACT: true,
    VOTING_RULES: true,
    HOLD_SECONDS: true,
    APPROVAL_BASE_URL: true,
    MAIL_SENDER: true,
    MAIL_CONFIGURATION_SET: true,
    OPERATOR_EMAIL: true,
    SLACK_SECRET_ARN: true,
    SLACK_CHANNEL: true,
    SLACK_API_URL: true,
    OIDC_SETTINGS: true,
    OIDC_CLIENT_SECRET_ARN: true,
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
const oidc = oidcFrom(environment, systemClock);
const signIns = createSignInChallengeStore(table);
const codes = createCodeChallengeStore(table);
const onSignInFault = (error: Error) => logger.warn('sign-in failed', { errorName: error.name });
const mailer = createSesMailer({
  client: new SESv2Client(),
  sender: environment.MAIL_SENDER,
  configurationSet: environment.MAIL_CONFIGURATION_SET,
});
const deps = {
  ...linkDeps,
  ...newsFrom(environment, { ...linkDeps, cases, mailer, tellInSlack: slack.tellNews, table, logger, metrics }),
  cases,
  codes,
  mailer,
  signal: signalFrom(table, cases),
  tellInSlack: slack.tellDecided,
  onFault: (what: string, error: unknown) => {
    logger.error(`vote recorded, but: ${what} failed`, { errorName: nameOf(error) });
    if (what !== 'signal') return;
    metrics.addMetric('DecisionNotSignalled', MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  },
  onMailFault: (error: unknown) => logger.error('code not mailed', { errorName: nameOf(error) }),
  ...(oidc && { signIn: { signIns, oidc, onSignInFault } }),
};
const answerCase = answerApproval(deps);
const resumeDeps = { ...deps, pauses: createPauseStore(table) };
const answerRequest = answerResume(resumeDeps);
const answer = async (request: PageRequest) => (await answerRequest(request)) ?? (await answerCase(request));
const showOtherLink = showSignedInResume(resumeDeps);
const answerCallback = oidc && answerSignIn({ ...deps, signIns, oidc, onSignInFault, showOtherLink });

/** Never logs the event: the path is the link, and the body is the decision. */
export const handler = middy(async (event: unknown, _context: Context): Promise<PageResponse> => {
  try {
    const request = readHttpEvent(event);
    const isCallback = request.linkId === '';
    const response = isCallback && answerCallback ? await answerCallback(request) : await answer(request);
    logger.info('approval link answered', { method: request.method, statusCode: response.statusCode, isCallback });
    return response;
  } catch (error) {
    logger.error('approval link failed', { errorName: nameOf(error) });
    return page(500, renderRefusedPage('fault'));
  }
}).use(injectLambdaContext(logger));

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
