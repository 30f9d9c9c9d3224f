import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SFNClient } from '@aws-sdk/client-sfn';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createApprovalLinkStore, createTaskTokenStore } from '../cases/dynamo-side-stores.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { answerApproval } from './answer-approval.ts';
import { readHttpEvent } from './http-event.ts';
import { type PageResponse, page } from './page-exchange.ts';
import { renderRefusedPage } from './refused-page.ts';
import { signalDecision } from './signal-decision.ts';

const environment = readEnvironment(
  environmentSchema.pick({ CASE_TABLE_NAME: true, LASTPASS_CONTRACT: true, HOLD_SECONDS: true }),
);
const logger = new Logger();
const metrics = new Metrics();
const table = openCaseTable(environment.CASE_TABLE_NAME);
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const signalDeps = { cases, taskTokens: createTaskTokenStore(table), sfn: new SFNClient(), now: systemClock };
const answer = answerApproval({
  cases,
  links: createApprovalLinkStore(table),
  contract: environment.LASTPASS_CONTRACT,
  holdSeconds: environment.HOLD_SECONDS,
  signal: (decided) => signalDecision(signalDeps, decided),
  onSignalFault: (error) => {
    logger.error('decision recorded but not signalled', { errorName: nameOf(error) });
    metrics.addMetric('DecisionNotSignalled', MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  },
  now: systemClock,
});

/** Never logs the event: the path is the link, and the body is the decision. */
export const handler = middy(async (event: unknown, _context: Context): Promise<PageResponse> => {
  try {
    const request = readHttpEvent(event);
    const response = await answer(request);
    logger.info('approval link answered', { method: request.method, statusCode: response.statusCode });
    return response;
  } catch (error) {
    logger.error('approval link failed', { errorName: nameOf(error) });
    return page(500, renderRefusedPage('fault'));
  }
}).use(injectLambdaContext(logger));

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
