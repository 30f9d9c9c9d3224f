import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { createDecisionNewsStore } from '../cases/decision-news-store.ts';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { createDecisionNewsTeller, type DecisionNewsTeller } from './decision-news-teller.ts';
import type { TellDecisionNewsDeps } from './tell-decision-news.ts';

/** The news of a function, whose faults are counted and told without anybody's address. */
export function newsFrom(
  environment: { readonly OPERATOR_EMAIL?: string | undefined },
  around: Omit<TellDecisionNewsDeps, 'news' | 'operatorEmail' | 'onNews' | 'onFault'> & {
    readonly table: CaseTable;
    readonly logger: Logger;
    readonly metrics: Metrics;
  },
): DecisionNewsTeller {
  const { table, logger, metrics, ...deps } = around;
  const count = (name: string) => {
    metrics.addMetric(name, MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  };
  return createDecisionNewsTeller({
    ...deps,
    news: createDecisionNewsStore(table, deps.now),
    operatorEmail: environment.OPERATOR_EMAIL,
    onNews(kind) {
      if (kind !== 'reinstating') count('IrreversibleDecisionNews');
    },
    onFault(caseId, error) {
      const errorName = error instanceof Error ? error.name : typeof error;
      logger.error('somebody was not told of a decision', { caseId, errorName });
      count('DecisionNewsNotTold');
    },
  });
}
