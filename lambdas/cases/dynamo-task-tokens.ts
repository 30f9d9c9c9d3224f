import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { sha256 } from '../domain/evidence.ts';
import type { TaskTokenStore } from './case-store.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { withPlainStatus, withShardedStatus } from './sharded-status.ts';
import { keysInStatus } from './status-index.ts';
import { attributeOf, formerTaskTokenKey, type TableKey, taskTokenKey } from './table-keys.ts';

/** In the index of statuses, where no case has such a status. */
const WAITING = 'token-waiting';
const OVER = 'token-over';

const tokenSchema = z.object({ token: z.string() });
const waitingSchema = tokenSchema.extend({ caseId: z.string(), executionArn: z.string() });

/**
 * One item for each execution of a case, so that the token of one that was superseded is still known: a second run of
 * Request approval brings a new token, of which only the newest can be answered, and overwrites its own.
 */
export function createTaskTokenStore({ client, tableName: TableName }: CaseTable, now: () => Date): TaskTokenStore {
  const keyOf = (caseId: string, executionArn: string) => taskTokenKey(caseId, sha256(executionArn));

  async function read(Key: TableKey): Promise<unknown> {
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && withPlainStatus(Item);
  }

  function put(
    { caseId, executionArn, token }: z.infer<typeof waitingSchema>,
    status: typeof WAITING | typeof OVER,
    condition: Partial<PutCommandInput> = {},
  ) {
    const updatedAt = now().toISOString();
    const Item = withShardedStatus({ ...keyOf(caseId, executionArn), caseId, executionArn, token, status, updatedAt });
    return client.send(new PutCommand({ TableName, Item, ...condition }));
  }

  return {
    keep: async (waiting) => void (await put(waiting, WAITING)),
    async find(caseId, executionArn) {
      // Older code kept one token for each case, the newest, and did not say whose.
      const item = (await read(keyOf(caseId, executionArn))) ?? (await read(formerTaskTokenKey(caseId)));
      return tokenSchema.optional().parse(item)?.token;
    },
    async settle(settled) {
      try {
        await put(settled, OVER, {
          ConditionExpression: '#token = :token',
          ExpressionAttributeNames: { '#token': attributeOf<z.infer<typeof tokenSchema>>('token') },
          ExpressionAttributeValues: { ':token': settled.token },
        });
      } catch (error) {
        // A newer token waits there by now, or it was kept by older code, which tells nobody that it waits.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    async waiting() {
      const keys = await keysInStatus({ client, tableName: TableName }, WAITING);
      const items = await Promise.all(keys.map(read));
      // The index is told a moment later than the table.
      return items.flatMap((item) => waitingSchema.extend({ status: z.literal(WAITING) }).safeParse(item).data ?? []);
    },
  };
}
