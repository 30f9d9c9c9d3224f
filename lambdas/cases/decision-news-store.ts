import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type DecisionNews, decisionNewsSchema } from '../domain/decision-news.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { withPlainStatus, withShardedStatus } from './sharded-status.ts';
import { keysInStatus } from './status-index.ts';
import { ABSENT, attributeOf, decisionNewsKey, type TableKey } from './table-keys.ts';

/** News on its way: who has heard it, and when it is next tried. */
const recordSchema = z.object({
  news: decisionNewsSchema,
  /** In the index of statuses, where no case has such a status. */
  status: z.enum(['news-due', 'news-over']),
  version: z.number().int().positive(),
  plannedAt: z.string(),
  /** Nobody else tells it before. */
  dueAt: z.string(),
  /** Addresses, and what else hears of it, each once. */
  told: z.array(z.string()),
  /** Who could not be told at the last try. */
  untold: z.array(z.string()),
});
export type NewsRecord = z.infer<typeof recordSchema>;

export interface DecisionNewsStore {
  /** Keeps news that is to be told from `dueAt` on. */
  plan(news: DecisionNews, dueAt: string): Promise<void>;
  find(news: Pick<DecisionNews, 'kind' | 'caseId' | 'decision'>): Promise<NewsRecord | undefined>;
  /** Replaces a record as it was read. `undefined` when somebody else did. */
  replace(current: NewsRecord, change: Partial<Omit<NewsRecord, 'news' | 'version'>>): Promise<NewsRecord | undefined>;
  /** Everything that is due, the longest waiting first. */
  due(): Promise<readonly NewsRecord[]>;
}

/** Beside their case, one item for each piece of news. */
export function createDecisionNewsStore(
  { client, tableName: TableName }: CaseTable,
  now: () => Date,
): DecisionNewsStore {
  async function read(Key: TableKey): Promise<NewsRecord | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && recordSchema.parse(withPlainStatus(Item));
  }

  async function put(record: NewsRecord, condition: Partial<PutCommandInput>): Promise<NewsRecord | undefined> {
    const { caseId, kind, decision } = record.news;
    const key = decisionNewsKey(caseId, kind, decision.decisionId);
    const Item = withShardedStatus({ ...key, caseId, ...record, updatedAt: now().toISOString() });
    try {
      await client.send(new PutCommand({ TableName, Item, ...condition }));
      return record;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  return {
    async plan(news, dueAt) {
      const plannedAt = now().toISOString();
      const record = { news, status: 'news-due', version: 1, plannedAt, dueAt, told: [], untold: [] } as const;
      await put({ ...record, told: [], untold: [] }, { ConditionExpression: ABSENT });
    },
    find: ({ kind, caseId, decision }) => read(decisionNewsKey(caseId, kind, decision.decisionId)),
    replace: (current, change) =>
      put(
        { ...current, ...change, version: current.version + 1 },
        {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': attributeOf<NewsRecord>('version') },
          ExpressionAttributeValues: { ':version': current.version },
        },
      ),
    async due() {
      const keys = await keysInStatus({ client, tableName: TableName }, 'news-due' satisfies NewsRecord['status']);
      const records = await Promise.all(keys.map(read));
      const at = now().toISOString();
      return records.flatMap((record) => (record?.status === 'news-due' && record.dueAt <= at ? record : []));
    },
  };
}
