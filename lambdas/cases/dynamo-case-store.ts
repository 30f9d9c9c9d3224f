import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CasePlaceholder, CaseStatus, OffboardingCase } from '../domain/offboarding-case.ts';
import type { CaseStore, PlaceholderStore } from './case-store.ts';
import { CaseChangedError } from './errors.ts';
import { withShardedStatus } from './sharded-status.ts';
import { keysInStatus } from './status-index.ts';
import { STORED_VERSION, spellingsOf, storedCase, storedPlaceholder } from './stored-case.ts';
import { ABSENT, attributeOf, caseKey, STATUS_INDEX_PARTITION_KEY } from './table-keys.ts';

/** Cases in DynamoDB: one item a case, replaced whole under optimistic locking on `version`. */
export class DynamoCaseStore implements CaseStore, PlaceholderStore {
  readonly #client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly #tableName: string;
  readonly #now: () => Date;

  constructor(table: { client: Pick<DynamoDBDocumentClient, 'send'>; tableName: string; now: () => Date }) {
    this.#client = table.client;
    this.#tableName = table.tableName;
    this.#now = table.now;
  }

  async find(caseId: string): Promise<OffboardingCase | undefined> {
    const item = await this.#read(caseId);
    return item && storedCase(item);
  }

  async findPlaceholder(caseId: string): Promise<CasePlaceholder | undefined> {
    const item = await this.#read(caseId);
    return item && storedPlaceholder(item);
  }

  async claim(newCase: OffboardingCase, over?: CasePlaceholder): Promise<boolean> {
    return this.#put(newCase, over ? isStill(over) : NOTHING_THERE);
  }

  async hold(next: CasePlaceholder, over?: CasePlaceholder): Promise<boolean> {
    return over ? this.#put({ ...next, version: over.version + 1 }, isStill(over)) : this.#put(next, NOTHING_THERE);
  }

  async replace<Next extends OffboardingCase>(current: OffboardingCase, next: Next): Promise<Next> {
    const written = { ...next, version: current.version + 1 };
    if (!(await this.#put(written, isStill(current)))) {
      throw new CaseChangedError(`${current.caseId} was changed by somebody else; read it again`);
    }
    return written;
  }

  async idsIn(status: CaseStatus): Promise<readonly string[]> {
    const table = { client: this.#client, tableName: this.#tableName };
    const keys = await keysInStatus(table, status);
    return keys.map(({ pk }) => pk);
  }

  async #read(caseId: string): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#client.send(
      // Consistent, because a step must see what the step before it wrote.
      new GetCommand({ TableName: this.#tableName, Key: caseKey(caseId), ConsistentRead: true }),
    );
    return Item;
  }

  async #put(
    item: OffboardingCase | CasePlaceholder,
    condition: Partial<ConstructorParameters<typeof PutCommand>[0]>,
  ): Promise<boolean> {
    const updatedAt = this.#now().toISOString();
    const Item = withShardedStatus({ ...item, ...caseKey(item.caseId), schemaVersion: STORED_VERSION, updatedAt });
    try {
      await this.#client.send(new PutCommand({ TableName: this.#tableName, Item, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const NOTHING_THERE = { ConditionExpression: ABSENT };

/** Nobody wrote in between, whichever version of this code wrote what was read. */
function isStill({
  caseId,
  version,
  status,
}: Pick<OffboardingCase | CasePlaceholder, 'caseId' | 'version' | 'status'>) {
  const spellings = Object.fromEntries(
    spellingsOf(status, caseKey(caseId)).map((one, index) => [`:status${index}`, one]),
  );
  return {
    ConditionExpression: `#version = :version AND #status IN (${Object.keys(spellings).join(', ')})`,
    ExpressionAttributeNames: {
      '#version': attributeOf<OffboardingCase>('version'),
      '#status': STATUS_INDEX_PARTITION_KEY,
    },
    ExpressionAttributeValues: { ':version': version, ...spellings },
  };
}
