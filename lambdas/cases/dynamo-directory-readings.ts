import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type DirectoryReadings, directoryCursorSchema } from '../domain/directory-reading.ts';
import { sha256 } from '../domain/evidence.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { directoryReadingKey, EXPIRY_ATTRIBUTE } from './table-keys.ts';

// A step has two minutes. After eighty seconds its last page may still take fifteen, and so may disabling; a proof then rarely more than one.
const TIME_FOR_READING_MS = 80_000;

/** Nobody is told about by pages that were read longer ago. */
const USABLE_FOR_MS = 3_600_000;

/** Beside their case, one item for each read that was worth keeping; DynamoDB removes it. */
export function createDirectoryReadings(
  { client, tableName: TableName }: CaseTable,
  now: () => Date,
): DirectoryReadings {
  return {
    of({ caseId, executionArn }) {
      const begunAt = now().getTime();
      const keyOf = (name: string) => directoryReadingKey(caseId, name, sha256(executionArn));
      return {
        now,
        hasTime: () => now().getTime() < begunAt + TIME_FOR_READING_MS,
        async find(name) {
          const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(name), ConsistentRead: true }));
          const cursor = Item && directoryCursorSchema.parse(Item);
          const isUsable = cursor && now().getTime() < Date.parse(cursor.begunAt) + USABLE_FOR_MS;
          return isUsable ? cursor : undefined;
        },
        async keep(name, cursor) {
          const expiry = Math.ceil((Date.parse(cursor.begunAt) + USABLE_FOR_MS) / 1_000);
          const Item = { ...keyOf(name), ...cursor, [EXPIRY_ATTRIBUTE]: expiry };
          await client.send(new PutCommand({ TableName, Item }));
        },
      };
    },
  };
}
