import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { createTaskTokenStore } from '../../../lambdas/cases/dynamo-task-tokens.ts';
import { freshAws } from '../../loopback-aws.ts';

const FIRST = { caseId: 'case-1', executionArn: 'arn:first' };
const SECOND = { caseId: 'case-1', executionArn: 'arn:second' };

async function open() {
  const { client: dynamoDb, tableName } = await freshAws();
  const client = DynamoDBDocumentClient.from(dynamoDb);
  const store = createTaskTokenStore({ client, tableName }, () => new Date('2026-11-21T10:00:00Z'));
  const keepAsBefore = (token: string) =>
    client.send(new PutCommand({ TableName: tableName, Item: { pk: 'case-1', sk: 'task-token', token } }));
  return { store, keepAsBefore };
}

test('the newest token of an execution is the one that is answered, and outlives that of another one', async () => {
  const { store } = await open();
  await store.keep({ ...FIRST, token: 'one' });
  await store.keep({ ...FIRST, token: 'two' });
  await store.keep({ ...SECOND, token: 'three' });

  expect(await store.find('case-1', FIRST.executionArn)).toBe('two');
  expect(await store.find('case-1', SECOND.executionArn)).toBe('three');
  expect(await store.find('case-2', FIRST.executionArn)).toBeUndefined();
  const waiting = await store.waiting();
  expect(waiting.map(({ token }) => token).sort()).toEqual(['three', 'two']);
});

test('one that is settled waits no more, unless a newer one came meanwhile', async () => {
  const { store } = await open();
  await store.keep({ ...FIRST, token: 'one' });
  await store.settle({ ...FIRST, token: 'one' });
  expect(await store.waiting()).toEqual([]);

  await store.keep({ ...FIRST, token: 'two' });
  await store.settle({ ...FIRST, token: 'one' });
  expect(await store.waiting()).toMatchObject([{ token: 'two' }]);
});

test('a token that older code kept is still answered', async () => {
  const { store, keepAsBefore } = await open();
  await keepAsBefore('of before');

  expect(await store.find('case-1', FIRST.executionArn)).toBe('of before');
  await store.settle({ ...FIRST, token: 'of before' });
  expect(await store.waiting()).toEqual([]);
});
