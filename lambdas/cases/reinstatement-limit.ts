import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Attempt, admitted } from '../domain/reinstatement-limit.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { CaseChangedError } from './errors.ts';
import { ABSENT, attributeOf, reinstatementsKey } from './table-keys.ts';

/** How many accounts a system may have enabled again, lately. */
export interface ReinstatementLimit {
  /**
   * Whether one more is within the limit. The same attempt asked about again gets the same answer for an hour.
   * @throws CaseChangedError when another attempt is counted in the same moment
   */
  admit(source: string, attempt: Pick<Attempt, 'id'>): Promise<boolean>;
}

const itemSchema = z.object({
  version: z.number(),
  attempts: z.array(z.object({ id: z.string(), at: z.string(), isAdmitted: z.boolean() })),
});

/** One item for each system, written under the condition that nobody counted in between. */
export function createReinstatementLimit(
  { client, tableName: TableName }: CaseTable,
  { perHour, now }: { readonly perHour: number; readonly now: () => Date },
): ReinstatementLimit {
  return {
    async admit(source, { id }) {
      const Key = reinstatementsKey(source);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const { version, attempts } = Item ? itemSchema.parse(Item) : { version: 0, attempts: [] };
      const { answer, next } = admitted(attempts, { id, at: now().toISOString() }, perHour);
      if (!next) return answer;
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: { ...Key, version: version + 1, attempts: next },
            ConditionExpression: `${ABSENT} OR ${attributeOf<z.infer<typeof itemSchema>>('version')} = :version`,
            ExpressionAttributeValues: { ':version': version },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        throw new CaseChangedError('another cancellation was counted just now; try again');
      }
      return answer;
    },
  };
}
