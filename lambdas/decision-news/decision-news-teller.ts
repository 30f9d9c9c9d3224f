import type { DecisionNewsStore } from '../cases/decision-news-store.ts';
import type { DecisionNews } from '../domain/decision-news.ts';
import { type TellDecisionNewsDeps, tellDecisionNews } from './tell-decision-news.ts';

/** What endpoints and the chase do with news of decisions. */
export interface DecisionNewsTeller {
  /** Keeps news before what it tells of is done. */
  readonly planNews: (news: DecisionNews) => Promise<void>;
  /** Tells what was planned. */
  readonly tellNews: (news: DecisionNews) => Promise<void>;
  /** Tells everything that is due, and answers of how many decisions somebody was told. */
  readonly tellDueNews: () => Promise<number>;
}

/** Whoever plans news tells it themselves in the next moments; should they not, it is due then. */
const OWN_TURN_MS = 60_000;

export function createDecisionNewsTeller(
  deps: Omit<TellDecisionNewsDeps, 'news'> & { readonly news: DecisionNewsStore },
): DecisionNewsTeller {
  return {
    planNews: (news) => deps.news.plan(news, new Date(deps.now().getTime() + OWN_TURN_MS).toISOString()),
    async tellNews(news) {
      const record = await deps.news.find(news);
      if (record?.status === 'news-due') await tellDecisionNews(deps, record);
    },
    async tellDueNews() {
      let told = 0;
      for (const record of await deps.news.due()) {
        try {
          if (await tellDecisionNews(deps, record)) told += 1;
        } catch (error) {
          deps.onFault(record.news.caseId, error);
        }
      }
      return told;
    },
  };
}
