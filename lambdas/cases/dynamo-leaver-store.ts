import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { sha256 } from '../domain/evidence.ts';
import type { LeaverStore } from './case-store.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { leaverKey } from './table-keys.ts';

const leaverSchema = z.object({ caseId: z.string() });

/** A leaver's current case, in one item of its own. Somebody's first report costs one conditional write and no look. */
export function createLeaverStore({ client, tableName }: CaseTable): LeaverStore {
  async function put(key: Key, caseId: string, condition: Partial<PutCommandInput>): Promise<boolean> {
    try {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...key, caseId }, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    async caseOf(address, caseId) {
      const key = keyOf(address);
      const isOurs = await put(key, caseId, {
        ConditionExpression: 'attribute_not_exists(pk) OR caseId = :caseId',
        ExpressionAttributeValues: { ':caseId': caseId },
      });
      if (isOurs) return caseId;
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
      return leaverSchema.parse(Item).caseId;
    },
    async currentCaseOf(address) {
      const Key = keyOf(address);
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && leaverSchema.parse(Item).caseId;
    },
    handOver: (address, { from, to }) =>
      put(keyOf(address), to, {
        ConditionExpression: 'caseId = :from',
        ExpressionAttributeValues: { ':from': from },
      }),
  };
}

type Key = ReturnType<typeof leaverKey>;

function keyOf(address: string): Key {
  return leaverKey(sha256(address.trim().toLowerCase()));
}
