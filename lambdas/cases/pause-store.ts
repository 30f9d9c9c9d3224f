import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Brake, type Pause, pauseSchema, standing } from '../domain/brake/pause.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { ABSENT, attributeOf, PARTITION_KEY, PAUSES, pauseKey } from './table-keys.ts';

export interface PauseStore {
  /** The latest pause there was, whether it stands or not. */
  latest(): Promise<Pause | undefined>;
  /** The latest pauses, the very latest first. */
  recent(count: number): Promise<readonly Pause[]>;
  /** Puts the next pause. `false` when somebody else did. */
  begin(pause: Pause): Promise<boolean>;
  /** Replaces a pause as it was read. `undefined` when somebody else did. */
  replace(current: Pause, next: Pause): Promise<Pause | undefined>;
}

/** One item for each pause, so that what ended one is never rewritten. */
export function createPauseStore(
  { client, tableName: TableName }: CaseTable,
  options: { readonly abortSignal?: AbortSignal } = {},
): PauseStore {
  async function recent(Limit: number): Promise<Pause[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `${PARTITION_KEY} = :pauses`,
        ExpressionAttributeValues: { ':pauses': PAUSES },
        ...{ ScanIndexForward: false, ConsistentRead: true, Limit },
      }),
      options,
    );
    return pauseSchema.array().parse(Items);
  }

  async function put(pause: Pause, condition: Partial<ConstructorParameters<typeof PutCommand>[0]>): Promise<boolean> {
    try {
      await client.send(
        new PutCommand({ TableName, Item: { ...pauseKey(pause.number), ...pause }, ...condition }),
        options,
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    latest: async () => (await recent(1))[0],
    recent,
    begin: (pause) => put(pause, { ConditionExpression: ABSENT }),
    async replace(current, next) {
      const written = { ...next, version: current.version + 1 };
      const isWritten = await put(written, {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': attributeOf<Pause>('version') },
        ExpressionAttributeValues: { ':version': current.version },
      });
      return isWritten ? written : undefined;
    },
  };
}

/** Asks whether deletes resume. Never throws: what cannot be read stays closed, and what can be undone does not depend on it. */
export type ReadBrake = () => Promise<Brake>;

export function createReadBrake(pauses: Pick<PauseStore, 'latest'>): ReadBrake {
  return async () => {
    try {
      const pause = standing(await pauses.latest());
      return pause ? { kind: 'paused', pause } : { kind: 'off' };
    } catch {
      return { kind: 'unreadable' };
    }
  };
}
