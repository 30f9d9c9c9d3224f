import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { slackNonceKey } from '../../../lambdas/cases/table-keys.ts';
import { createSlackNonceStore } from '../../../lambdas/slack/slack-nonce.ts';
import { freshAws } from '../../loopback-aws.ts';

const EXPIRES = new Date('2026-11-21T10:10:00.500Z');

it('a signature is taken once, however many try at the same time', async () => {
  const { client, tableName } = await freshAws();
  const store = createSlackNonceStore({ client: DynamoDBDocumentClient.from(client), tableName });
  const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim('v0=abc', EXPIRES)));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await store.claim('v0=abc', EXPIRES)).toBe(false);
  expect(await store.claim('v0=abd', EXPIRES)).toBe(true);
});

it('a signature is kept as a hash, until no request can carry it any more', async () => {
  const { client, tableName } = await freshAws();
  const documents = DynamoDBDocumentClient.from(client);
  await createSlackNonceStore({ client: documents, tableName }).claim('v0=abc', EXPIRES);
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: slackNonceKey('v0=abc') }));
  expect(Item).toEqual({ ...slackNonceKey('v0=abc'), expiresAtEpochSeconds: 1_795_255_801 });
  expect(JSON.stringify(Item)).not.toContain('v0=abc');
});

it('a table that cannot be reached is no answer', async () => {
  const { client } = await freshAws();
  const store = createSlackNonceStore({ client: DynamoDBDocumentClient.from(client), tableName: 'Elsewhere' });
  await expect(store.claim('v0=abc', EXPIRES)).rejects.toThrow('resource');
});
