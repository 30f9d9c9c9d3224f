import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { WINDOW_MS } from '../domain/brake/leaver-limit.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import {
  countedLeaverKey,
  DIRECTORY_SIZE_KEY,
  EXPIRY_ATTRIBUTE,
  leaversSince,
  PARTITION_KEY,
  SORT_KEY,
} from './table-keys.ts';

/** Leavers that were reported lately, and how many accounts there are. */
export interface LeaverCounter {
  /** Counts a leaver since a pause; the same one twice counts once. Answers the ids of everybody within the hour. */
  count(pauseNumber: number, leaver: { readonly id: string; readonly at: Date }): Promise<readonly string[]>;
  /** Everybody within the hour before. */
  within(pauseNumber: number, until: Date): Promise<readonly string[]>;
  directorySize(): Promise<number | undefined>;
}

const countedSchema = z.object({ [SORT_KEY]: z.string(), id: z.string() });

/** The limit is 250 at most, and only who counted before the pause was written comes on top. */
const MOST_READ = 1_000;

/** An item a leaver: thousands at once do not wait for one another, and one that is counted twice is found by its id. */
export function createLeaverCounter(
  { client, tableName: TableName }: CaseTable,
  options: { readonly abortSignal?: AbortSignal } = {},
): LeaverCounter {
  async function within(pauseNumber: number, until: Date): Promise<string[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `${PARTITION_KEY} = :since AND ${SORT_KEY} > :from`,
        ExpressionAttributeValues: {
          ':since': leaversSince(pauseNumber),
          ':from': new Date(until.getTime() - WINDOW_MS).toISOString(),
        },
        ...{ ScanIndexForward: false, ConsistentRead: true, Limit: MOST_READ },
      }),
      options,
    );
    return [
      ...new Set(
        countedSchema
          .array()
          .parse(Items)
          .map(({ id }) => id),
      ),
    ];
  }

  return {
    within,
    async count(pauseNumber, { id, at }) {
      const Item = {
        ...countedLeaverKey(pauseNumber, { id, at: at.toISOString() }),
        id,
        [EXPIRY_ATTRIBUTE]: Math.ceil((at.getTime() + 2 * WINDOW_MS) / 1000),
      };
      await client.send(new PutCommand({ TableName, Item }), options);
      return within(pauseNumber, at);
    },
    async directorySize() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: DIRECTORY_SIZE_KEY }), options);
      return sizeSchema.optional().parse(Item)?.accounts;
    },
  };
}

const sizeSchema = z.object({ accounts: z.number().int().nonnegative() });

/** Notes how many accounts there are, where they were read anyway. */
export function createDirectorySizeNote({ client, tableName: TableName }: CaseTable, now: () => Date) {
  return async (accounts: number): Promise<void> => {
    const Item = { ...DIRECTORY_SIZE_KEY, accounts, notedAt: now().toISOString() };
    await client.send(new PutCommand({ TableName, Item }));
  };
}
