import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseTable } from './dynamo-side-stores.ts';
import { storedStatuses } from './sharded-status.ts';
import {
  PARTITION_KEY,
  SORT_KEY,
  STATUS_INDEX,
  STATUS_INDEX_PARTITION_KEY,
  STATUS_INDEX_SORT_KEY,
  type TableKey,
} from './table-keys.ts';

const indexedSchema = z.array(
  z.object({ [PARTITION_KEY]: z.string(), [SORT_KEY]: z.string(), [STATUS_INDEX_SORT_KEY]: z.string() }),
);
type Indexed = z.infer<typeof indexedSchema>[number];

/** The keys of everything with this status, the longest unchanged first. The index is told a moment later than the table. */
export async function keysInStatus(table: CaseTable, status: string): Promise<readonly TableKey[]> {
  const found = await Promise.all(storedStatuses(status).map((stored) => itemsStoring(table, stored)));
  return found
    .flat()
    .sort((one, other) => compare(one.updatedAt, other.updatedAt) || compare(one.pk, other.pk))
    .map(({ pk, sk }) => ({ pk, sk }));
}

async function itemsStoring({ client, tableName }: CaseTable, stored: string): Promise<Indexed[]> {
  const items: Indexed[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: STATUS_INDEX,
        KeyConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': STATUS_INDEX_PARTITION_KEY },
        ExpressionAttributeValues: { ':status': stored },
        ExclusiveStartKey: startKey,
      }),
    );
    items.push(...indexedSchema.parse(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return items;
}

/** Moments as ISO 8601 in UTC sort as text, by code unit as DynamoDB sorts them. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
