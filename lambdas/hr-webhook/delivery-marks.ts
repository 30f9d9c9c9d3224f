import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { EXPIRY_ATTRIBUTE } from '../cases/table-keys.ts';
import { canonicalJson, sha256 } from '../domain/evidence.ts';

/** A delivery whose signature is right. */
export interface SignedDelivery {
  readonly system: string;
  /** SHA-256 of the body, hex. */
  readonly deliveryId: string;
  readonly sentAt: Date;
  /** After that it is too old to be accepted anyway. */
  readonly acceptableUntil: Date;
}

/** Remembers which deliveries are on the bus, so that nobody who recorded one can send it again. */
export interface DeliveryMarks {
  /** `false` when the delivery is on the bus already; one that was begun and never got there may begin again. */
  begin(delivery: SignedDelivery): Promise<boolean>;
  markTaken(delivery: SignedDelivery): Promise<void>;
}

/**
 * What the signature covers, not the signature as it is spelled: the same bytes can be written in upper and lower case,
 * and with and without padding.
 */
export function deliveryKey({ system, deliveryId, sentAt }: Omit<SignedDelivery, 'acceptableUntil'>) {
  const covered = sha256(canonicalJson([system, deliveryId, sentAt.toISOString()]));
  return { pk: `hr-delivery-${covered}`, sk: 'hr-delivery' };
}

/**
 * Marks in the case table. Beginning is a conditional write rather than a read: a table that cannot be written then stops
 * a delivery before the bus, and not between the bus and the mark.
 */
export function createDeliveryMarks({ client, tableName }: CaseTable): DeliveryMarks {
  const item = (delivery: SignedDelivery, isTaken: boolean) => ({
    ...deliveryKey(delivery),
    isTaken,
    [EXPIRY_ATTRIBUTE]: Math.ceil(delivery.acceptableUntil.getTime() / 1000),
  });
  return {
    async begin(delivery) {
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: item(delivery, false),
            ConditionExpression: 'attribute_not_exists(pk) OR isTaken = :no',
            ExpressionAttributeValues: { ':no': false },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async markTaken(delivery) {
      await client.send(new PutCommand({ TableName: tableName, Item: item(delivery, true) }));
    },
  };
}
