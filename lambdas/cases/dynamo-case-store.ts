import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type CaseStatus, caseSchema, type OffboardingCase } from '../domain/offboarding-case.ts';
import type { CaseStore } from './case-store.ts';
import { CaseChangedError } from './errors.ts';
import { caseKey, STATUS_INDEX } from './table-keys.ts';

/** Cases in DynamoDB: one item a case, replaced whole under optimistic locking on `version`. */
export class DynamoCaseStore implements CaseStore {
  readonly #client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly #tableName: string;
  readonly #now: () => Date;

  constructor(table: { client: Pick<DynamoDBDocumentClient, 'send'>; tableName: string; now: () => Date }) {
    this.#client = table.client;
    this.#tableName = table.tableName;
    this.#now = table.now;
  }

  async find(caseId: string): Promise<OffboardingCase | undefined> {
    const { Item } = await this.#client.send(
      // Consistent, because a step must see what the step before it wrote.
      new GetCommand({ TableName: this.#tableName, Key: caseKey(caseId), ConsistentRead: true }),
    );
    return Item && caseSchema.parse(Item);
  }

  async claim(newCase: OffboardingCase): Promise<boolean> {
    return this.#put(newCase, { ConditionExpression: 'attribute_not_exists(pk)' });
  }

  async replace<Next extends OffboardingCase>(current: OffboardingCase, next: Next): Promise<Next> {
    const written = { ...next, version: current.version + 1 };
    const isWritten = await this.#put(written, {
      ConditionExpression: '#version = :version AND #status = :status',
      ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
      ExpressionAttributeValues: { ':version': current.version, ':status': current.status },
    });
    if (!isWritten) throw new CaseChangedError(`${current.caseId} was changed by somebody else; read it again`);
    return written;
  }

  async idsIn(status: CaseStatus): Promise<readonly string[]> {
    const ids: string[] = [];
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#tableName,
          IndexName: STATUS_INDEX,
          KeyConditionExpression: '#status = :status',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': status },
          ExclusiveStartKey: startKey,
        }),
      );
      ids.push(...indexedSchema.parse(page.Items ?? []).map((item) => item.caseId));
      startKey = page.LastEvaluatedKey;
    } while (startKey);
    return ids;
  }

  async #put(item: OffboardingCase, condition: Partial<ConstructorParameters<typeof PutCommand>[0]>): Promise<boolean> {
    const Item = { ...item, ...caseKey(item.caseId), updatedAt: this.#now().toISOString() };
    try {
      await this.#client.send(new PutCommand({ TableName: this.#tableName, Item, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const indexedSchema = z.array(z.object({ caseId: z.string() }));
