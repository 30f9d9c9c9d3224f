import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseTable } from './dynamo-side-stores.ts';
import { PARTITION_KEY, SORT_KEY, STATUS_INDEX, STATUS_INDEX_PARTITION_KEY, type TableKey } from './table-keys.ts';

const indexedSchema = z.array(z.object({ [PARTITION_KEY]: z.string(), [SORT_KEY]: z.string() }));

/** The keys of everything with this status, the longest unchanged first. The index is told a moment later than the table. */
export async function keysInStatus({ client, tableName }: CaseTable, status: string): Promise<readonly TableKey[]> {
  const keys: TableKey[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: STATUS_INDEX,
        KeyConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': STATUS_INDEX_PARTITION_KEY },
        ExpressionAttributeValues: { ':status': status },
        ExclusiveStartKey: startKey,
      }),
    );
    keys.push(...indexedSchema.parse(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return keys;
}
