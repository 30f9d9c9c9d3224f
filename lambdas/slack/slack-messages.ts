import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { PARTITION_KEY, SLACK_MESSAGE_START, SORT_KEY, slackMessageKey } from '../cases/table-keys.ts';
import { sha256 } from '../domain/evidence.ts';

const slackMessageSchema = z.object({
  caseId: z.string(),
  /** The approval that the message asks about: a case that is taken up again is asked about anew. */
  executionArn: z.string(),
  /** Who was written to: a Slack user id or a channel id. */
  to: z.string(),
  channel: z.string(),
  ts: z.string(),
  /** What it tells, if it is no question: told once each. */
  about: z.string().optional(),
});

/** A question that stands in Slack, so that it can be edited once it is answered. */
export type KeptSlackMessage = z.infer<typeof slackMessageSchema>;

export interface SlackMessageStore {
  keep(message: KeptSlackMessage): Promise<void>;
  of(caseId: string): Promise<readonly KeptSlackMessage[]>;
}

function keyOf({ caseId, executionArn, to, about }: KeptSlackMessage) {
  const named = [executionArn, to, ...(about === undefined ? [] : [about])];
  return slackMessageKey(caseId, sha256(JSON.stringify(named)).slice(0, 24));
}

/** Messages in the case table, beside their case. One item a message, so that several can be kept at the same time. */
export function createSlackMessageStore({ client, tableName }: CaseTable): SlackMessageStore {
  return {
    async keep(message) {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...keyOf(message), ...message } }));
    },
    async of(caseId) {
      // One page holds thousands of messages; a case has one for each approver and channel.
      const { Items } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: `${PARTITION_KEY} = :case AND begins_with(${SORT_KEY}, :start)`,
          ExpressionAttributeValues: { ':case': caseId, ':start': SLACK_MESSAGE_START },
          ConsistentRead: true,
        }),
      );
      return z.array(slackMessageSchema).parse(Items ?? []);
    },
  };
}
