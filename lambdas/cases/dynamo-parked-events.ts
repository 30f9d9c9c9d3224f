import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  PARKED_STATUSES,
  type ParkedRecord,
  type ParkedStatus,
  type Settlement,
  settled,
} from '../domain/hr-events/parked-event.ts';
import type { ParkedEventDesk } from './case-store.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { parkedItem, parkedRecord } from './parked-item.ts';
import { withPlainStatus, withShardedStatus } from './sharded-status.ts';
import { keysInStatus } from './status-index.ts';
import { ABSENT, attributeOf, KEY_STARTS, PRESENT, parkedKey } from './table-keys.ts';

/** Parked events as operators see them: listed, found by the beginning of their id, and settled. */
export function createParkedEventDesk(table: CaseTable): ParkedEventDesk {
  const idsIn = (status: ParkedStatus) => parkedIdsIn(table, status);
  return {
    idsIn,
    async find(idOrPrefix) {
      const exact = await readParked(table, idOrPrefix);
      if (exact) return [exact];
      const ids = (await Promise.all(PARKED_STATUSES.map(idsIn))).flat();
      const alike = [...new Set(ids)].filter((id) => id.startsWith(idOrPrefix));
      const found = await Promise.all(alike.map((id) => readParked(table, id)));
      return found.filter((one) => one !== undefined);
    },
    async settle(current, settlement: Settlement) {
      const next = settled(current, settlement);
      return (await putParked(table, next, current)) ? next : undefined;
    },
  };
}

export async function readParked({ client, tableName }: CaseTable, parkedId: string) {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: parkedKey(parkedId), ConsistentRead: true }),
  );
  return Item && parkedRecord(withPlainStatus(Item));
}

/**
 * Puts a record in the place of the one that was read, or as a new one. One conditional write: a crash leaves either
 * the old record or the new one.
 * @returns `false` when somebody else was faster
 */
export async function putParked(
  { client, tableName }: CaseTable,
  record: ParkedRecord,
  current: ParkedRecord | undefined,
): Promise<boolean> {
  const settledAt = record.status === 'parked' ? undefined : record.settlements.at(-1)?.at;
  const updatedAt = settledAt ?? record.parkedAt;
  const Item = withShardedStatus({ ...parkedKey(record.parkedId), ...parkedItem(record), updatedAt });
  try {
    await client.send(new PutCommand({ TableName: tableName, Item, ...conditionOf(current) }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function conditionOf(current: ParkedRecord | undefined) {
  if (!current) return { ConditionExpression: ABSENT };
  // Items of before there was a version count as the first.
  const isUnversioned = current.version === 1 ? 'attribute_not_exists(#version) OR ' : '';
  return {
    ConditionExpression: `${PRESENT} AND (${isUnversioned}#version = :version)`,
    ExpressionAttributeNames: { '#version': attributeOf<ParkedRecord>('version') },
    ExpressionAttributeValues: { ':version': current.version },
  };
}

async function parkedIdsIn(table: CaseTable, status: ParkedStatus): Promise<readonly string[]> {
  const keys = await keysInStatus(table, status);
  return keys.map(({ pk }) => pk.slice(KEY_STARTS.parked.length));
}
