import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { ABSENT, attributeOf, challengeKey, type TableKey } from '../cases/table-keys.ts';
import { CONFIRMED_BY } from '../domain/voting-rules.ts';
import type { Challenge, ChallengeStore, CodeChallengeStore, SignInChallengeStore } from './challenge-store.ts';

const challengeSchema = z.object({
  challengeId: z.string(),
  linkHash: z.string(),
  caseId: z.string(),
  submissionHash: z.string(),
  issuedAt: z.array(z.string()),
  expiresAt: z.string(),
  usedAt: z.string().optional(),
});
const codeSchema = challengeSchema.extend({
  by: z.enum(CONFIRMED_BY),
  salt: z.string(),
  secretHash: z.string(),
  triesLeft: z.number().int(),
});
const signInSchema = challengeSchema.extend({
  stateHash: z.string(),
  browserHash: z.string(),
  codeVerifier: z.string(),
  nonce: z.string(),
  startedAt: z.string(),
  approverEmail: z.string(),
  form: z.string(),
});

const CHALLENGE_ID = attributeOf<Challenge>('challengeId');
const USED_AT = attributeOf<Challenge>('usedAt');
const TRIES_LEFT = attributeOf<z.infer<typeof codeSchema>>('triesLeft');
const IS_THIS = `${CHALLENGE_ID} = :id`;
const IS_STILL_THIS = `${IS_THIS} AND attribute_not_exists(${USED_AT}) AND ${attributeOf<Challenge>('expiresAt')} > :now`;

export function createCodeChallengeStore(table: CaseTable): CodeChallengeStore {
  const keyOf = (linkHash: string) => challengeKey(linkHash, 'code-challenge');
  return {
    ...createStore(table, { schema: codeSchema, keyOf }),
    async spendTry({ challengeId, linkHash }, now) {
      const answer = await unlessConditionFails(() =>
        table.client.send(
          new UpdateCommand({
            TableName: table.tableName,
            Key: keyOf(linkHash),
            UpdateExpression: `SET ${TRIES_LEFT} = ${TRIES_LEFT} - :one`,
            ConditionExpression: `${IS_STILL_THIS} AND ${TRIES_LEFT} >= :one`,
            ExpressionAttributeValues: { ':id': challengeId, ':now': now, ':one': 1 },
            ReturnValues: 'UPDATED_NEW',
          }),
        ),
      );
      return answer && codeSchema.pick({ triesLeft: true }).parse(answer.Attributes).triesLeft;
    },
  };
}

export function createSignInChallengeStore(table: CaseTable): SignInChallengeStore {
  return createStore(table, {
    schema: signInSchema,
    keyOf: (linkHash) => challengeKey(linkHash, 'sign-in-challenge'),
  });
}

interface Kept<Kind> {
  readonly schema: z.ZodType<Kind>;
  readonly keyOf: (linkHash: string) => TableKey;
}

function createStore<Kind extends Challenge>(
  { client, tableName }: CaseTable,
  { schema, keyOf }: Kept<Kind>,
): ChallengeStore<Kind> {
  const read = async (linkHash: string) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keyOf(linkHash), ConsistentRead: true }),
    );
    return Item;
  };
  return {
    async find(linkHash) {
      const item = await read(linkHash);
      return item && schema.parse(item);
    },
    async keep(next, previous) {
      const condition = previous
        ? { ConditionExpression: IS_THIS, ExpressionAttributeValues: { ':id': previous.challengeId } }
        : { ConditionExpression: ABSENT };
      const Item = { ...next, ...keyOf(next.linkHash) };
      const put = new PutCommand({ TableName: tableName, Item, ...condition });
      if (await unlessConditionFails(() => client.send(put))) return true;
      // Our own write may have succeeded with its answer lost: the SDK's second try then fails the condition.
      return (await read(next.linkHash))?.challengeId === next.challengeId;
    },
    async use({ challengeId, linkHash }, usedAt) {
      const usedBy = randomUUID();
      const update = new UpdateCommand({
        TableName: tableName,
        Key: keyOf(linkHash),
        UpdateExpression: `SET ${USED_AT} = :now, usedBy = :usedBy`,
        ConditionExpression: IS_STILL_THIS,
        ExpressionAttributeValues: { ':id': challengeId, ':now': usedAt, ':usedBy': usedBy },
      });
      if (await unlessConditionFails(() => client.send(update))) return true;
      return (await read(linkHash))?.usedBy === usedBy;
    },
  };
}

async function unlessConditionFails<Answer>(write: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
