import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { firstParked, type ParkedEvent, parkedAgain } from '../domain/hr-events/parked-event.ts';
import type { ApprovalLink, ApprovalLinkStore, ParkedEventStore } from './case-store.ts';
import { putParked, readParked } from './dynamo-parked-events.ts';
import { CaseChangedError } from './errors.ts';
import { linkKey } from './table-keys.ts';

/** One table, and the client that reaches it. */
export interface CaseTable {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly tableName: string;
}

const linkSchema = z.object({
  linkHash: z.string(),
  caseId: z.string(),
  approverEmail: z.string(),
  createdAt: z.string(),
  executionArn: z.string(),
});

export function createApprovalLinkStore({ client, tableName }: CaseTable): ApprovalLinkStore {
  return {
    async keep(link: ApprovalLink) {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...linkKey(link.linkHash), ...link } }));
    },
    async find(linkHash) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: linkKey(linkHash), ConsistentRead: true }),
      );
      return Item && linkSchema.parse(Item);
    },
  };
}

export function createParkedEventStore(table: CaseTable): ParkedEventStore {
  return {
    async park(event: ParkedEvent) {
      if (await putParked(table, firstParked(event), undefined)) return;
      const existing = await readParked(table, event.parkedId);
      const next = existing && parkedAgain(existing, event);
      if (!next) return;
      if (!(await putParked(table, next, existing))) {
        throw new CaseChangedError('the parked event was settled or parked by somebody else just now; park it again');
      }
    },
  };
}
