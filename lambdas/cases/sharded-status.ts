import { sha256 } from '../domain/evidence.ts';
import { PARTITION_KEY, type TableKey } from './table-keys.ts';

/**
 * Over how many partition keys of the index each status is spread. DynamoDB takes 1,000 write units a second under one
 * key and then refuses writes of the table itself. A case costs the index four under `opened` until it is disabled, so ten
 * thousand of them within ten seconds 4,000 a second: 250 under each of sixteen keys (docs/decisions/sharded-status.md).
 */
export const STATUS_SHARDS = 16;

const SEPARATOR = '#';

/** How an item with this key stores its status. */
export function shardedStatus(status: string, key: Pick<TableKey, typeof PARTITION_KEY>): string {
  const shard = Number.parseInt(sha256(key[PARTITION_KEY]).slice(0, 8), 16) % STATUS_SHARDS;
  return `${status}${SEPARATOR}${shard}`;
}

/** Everything that items with a status may store; older code stored it plain. */
export function storedStatuses(status: string): readonly string[] {
  const shards = Array.from({ length: STATUS_SHARDS }, (_, shard) => `${status}${SEPARATOR}${shard}`);
  return [status, ...shards];
}

/** An item as it is put. */
export function withShardedStatus<Item extends TableKey & { readonly status: string }>(item: Item): Item {
  return { ...item, status: shardedStatus(item.status, item) };
}

/** An item as it was before it was put, whichever version of this code did. */
export function withPlainStatus(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { status } = item;
  return typeof status === 'string' ? { ...item, status: status.split(SEPARATOR)[0] } : { ...item };
}
