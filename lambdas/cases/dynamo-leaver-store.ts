import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type PutCommandInput, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { sha256 } from '../domain/evidence.ts';
import type { People } from '../domain/people.ts';
import type { LeaverStore } from './case-store.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { ABSENT, attributeOf, leaverAliasKey, leaverKey, PARTITION_KEY, type TableKey } from './table-keys.ts';

const leaverSchema = z.object({ caseId: z.string() });
const CASE_ID = attributeOf<z.infer<typeof leaverSchema>>('caseId');

/**
 * A leaver's current case, in one item of its own. Somebody's first report costs one conditional write and no look. Who
 * asks whether a person leaves looks under the folded address, where most of these items lie already; an address that
 * is spelled otherwise costs a second write.
 */
export function createLeaverStore({ client, tableName }: CaseTable, people: Pick<People, 'fold'>): LeaverStore {
  async function put(key: TableKey, caseId: string, condition: Partial<PutCommandInput> = {}): Promise<boolean> {
    try {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...key, caseId }, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async function alsoKnownAs(address: string, caseId: string): Promise<void> {
    await put(leaverAliasKey(sha256(people.fold(address)), caseId), caseId);
  }

  async function noteSpelling(address: string, caseId: string): Promise<void> {
    if (people.fold(address) !== plain(address)) await alsoKnownAs(address, caseId);
  }

  async function putFirst(address: string, caseId: string): Promise<string> {
    const key = keyOf(address);
    const isOurs = await put(key, caseId, {
      ConditionExpression: `${ABSENT} OR ${CASE_ID} = :caseId`,
      ExpressionAttributeValues: { ':caseId': caseId },
    });
    if (isOurs) return caseId;
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return leaverSchema.parse(Item).caseId;
  }

  return {
    alsoKnownAs,
    async caseOf(address, caseId) {
      const current = await putFirst(address, caseId);
      await noteSpelling(address, current);
      return current;
    },
    async currentCaseOf(address) {
      const Key = keyOf(address);
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && leaverSchema.parse(Item).caseId;
    },
    async handOver(address, { from, to }) {
      // Noted first: after a crash in between, a case that never came to be is found and is not there. The former case
      // may have ended with the account disabled, and counts on.
      await alsoKnownAs(address, from);
      await noteSpelling(address, to);
      return put(keyOf(address), to, {
        ConditionExpression: `${CASE_ID} = :from`,
        ExpressionAttributeValues: { ':from': from },
      });
    },
    async casesOf(address) {
      const { pk } = leaverKey(sha256(people.fold(address)));
      const { Items } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': PARTITION_KEY },
          ExpressionAttributeValues: { ':pk': pk },
          ConsistentRead: true,
        }),
      );
      return [
        ...new Set(
          z
            .array(leaverSchema)
            .parse(Items ?? [])
            .map(({ caseId }) => caseId),
        ),
      ];
    },
  };
}

function keyOf(address: string): TableKey {
  return leaverKey(sha256(plain(address)));
}

function plain(address: string): string {
  return address.trim().toLowerCase();
}
