import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { ABSENT, attributeOf, EXPIRY_ATTRIBUTE, hrDeliveryKey, type TableKey } from '../cases/table-keys.ts';
import { canonicalJson, sha256 } from '../domain/evidence.ts';

/** A delivery whose signature is right. */
export interface SignedDelivery {
  readonly system: string;
  /** SHA-256 of the body, hex. */
  readonly deliveryId: string;
  /** `undefined` where the signature covers no time. */
  readonly sentAt: Date | undefined;
  /** After that it is too old to be accepted anyway. `undefined` where nothing but the mark would refuse it. */
  readonly acceptableUntil: Date | undefined;
}

/** Remembers which deliveries are on the bus, so that none is put there twice: neither by its vendor nor by a stranger. */
export interface ReplayGuard {
  /** `false` when the delivery is on the bus already; one that was begun and never got there may begin again. */
  begin(delivery: SignedDelivery): Promise<boolean>;
  /** Whether the delivery is on the bus. Begins nothing. */
  isTaken(delivery: SignedDelivery): Promise<boolean>;
  markTaken(delivery: SignedDelivery): Promise<void>;
}

/**
 * A vendor that lost our answer tries for days (Gusto 16 times, up to three days) under the first sending's time: it is
 * told that it was heard although a delivery of that age would not be let in any more.
 */
const REMEMBERED_LONGER_SECONDS = 7 * 86_400;

/**
 * What the signature covers, not the signature as it is spelled: the same bytes can be written in upper and lower case,
 * and with and without padding.
 */
function deliveryKey({ system, deliveryId, sentAt }: Omit<SignedDelivery, 'acceptableUntil'>) {
  const covered = sha256(canonicalJson([system, deliveryId, sentAt?.toISOString() ?? null]));
  return hrDeliveryKey(covered);
}

interface Mark extends TableKey {
  readonly isTaken: boolean;
  readonly [EXPIRY_ATTRIBUTE]?: number;
}

const IS_TAKEN = attributeOf<Mark>('isTaken');

/**
 * Marks in the case table. Beginning is a conditional write rather than a read: a table that cannot be written then stops
 * a delivery before the bus, and not between the bus and the mark.
 */
export function createDeliveryMarks({ client, tableName }: CaseTable): ReplayGuard {
  const item = (delivery: SignedDelivery, isTaken: boolean): Mark => ({
    ...deliveryKey(delivery),
    isTaken,
    // Without a time that grows old the mark is all there is, and stays for good: a few hundred bytes a delivery.
    ...(delivery.acceptableUntil && {
      [EXPIRY_ATTRIBUTE]: Math.ceil(delivery.acceptableUntil.getTime() / 1000) + REMEMBERED_LONGER_SECONDS,
    }),
  });

  async function putIf(
    Item: Mark,
    condition: Pick<PutCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>,
  ): Promise<boolean> {
    try {
      await client.send(new PutCommand({ TableName: tableName, Item, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    begin: (delivery) =>
      putIf(item(delivery, false), {
        ConditionExpression: `${ABSENT} OR ${IS_TAKEN} = :no`,
        ExpressionAttributeValues: { ':no': false },
      }),
    // A write that changes nothing, in place of a read: this function, which anybody can call, may read nothing.
    isTaken: (delivery) =>
      putIf(item(delivery, true), {
        ConditionExpression: `${IS_TAKEN} = :yes`,
        ExpressionAttributeValues: { ':yes': true },
      }),
    async markTaken(delivery) {
      await client.send(new PutCommand({ TableName: tableName, Item: item(delivery, true) }));
    },
  };
}
