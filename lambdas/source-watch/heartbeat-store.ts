import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { ABSENT, attributeOf, sourceKey, type TableKey } from '../cases/table-keys.ts';

/** When each source of HR events was heard last. */
export interface HeartbeatStore {
  /** Notes that a source spoke. Never goes backwards, in whatever order events arrive; a second run changes nothing. */
  hear(system: string, at: Date): Promise<void>;
  /** When a source was heard last; for one that never was, since when that is waited for: the first time this is asked. */
  lastHeardAt(system: string, now: Date): Promise<Date>;
}

/**
 * Two items for each source, so that whoever hears and whoever watches never write the same one: each write is one
 * conditional put, and a crash leaves the item as it was.
 */
export function createSourceClock({ client, tableName: TableName }: CaseTable): HeartbeatStore {
  async function put(Item: Record<string, string>, condition: Omit<PutInput, 'TableName' | 'Item'>): Promise<void> {
    try {
      await client.send(new PutCommand({ TableName, Item, ...condition }));
    } catch (error) {
      // What is there is as new or newer.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async function read(Key: TableKey): Promise<Date | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && new Date(itemSchema.parse(Item).at);
  }

  return {
    hear: (system, at) =>
      put(
        { ...sourceKey(system, 'heard'), at: at.toISOString() },
        {
          ConditionExpression: `${ABSENT} OR #at < :at`,
          ExpressionAttributeNames: { '#at': attributeOf<z.infer<typeof itemSchema>>('at') },
          ExpressionAttributeValues: { ':at': at.toISOString() },
        },
      ),
    async lastHeardAt(system, now) {
      const heardAt = await read(sourceKey(system, 'heard'));
      if (heardAt) return heardAt;
      const watched = { ...sourceKey(system, 'watched'), at: now.toISOString() };
      await put(watched, { ConditionExpression: ABSENT });
      return (await read(sourceKey(system, 'watched'))) ?? now;
    },
  };
}

type PutInput = ConstructorParameters<typeof PutCommand>[0];

const itemSchema = z.object({ at: z.iso.datetime() });
