import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { ABSENT, EXPIRY_ATTRIBUTE, slackNonceKey } from '../cases/table-keys.ts';

/** Remembers which signed requests have been taken, so that none counts twice. */
export interface NonceStore {
  /**
   * Takes a nonce. `false` when it was taken before.
   * @param expiresAt until when the nonce must be remembered; after that, its request is too old to be accepted anyway
   */
  claim(nonce: string, expiresAt: Date): Promise<boolean>;
}

/** Nonces in the case table: one conditional write, so that of two simultaneous claims one wins. */
export function createSlackNonceStore({ client, tableName }: CaseTable): NonceStore {
  return {
    async claim(nonce, expiresAt) {
      const Item = { ...slackNonceKey(nonce), [EXPIRY_ATTRIBUTE]: Math.ceil(expiresAt.getTime() / 1000) };
      try {
        await client.send(new PutCommand({ TableName: tableName, Item, ConditionExpression: ABSENT }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
