import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ConditionalCheckFailedException, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { startDynamoDb, TableMismatchError } from '../../../../local/aws/dynamodb/dynamodb.ts';
import type { TableResource } from '../../../../local/aws/template/resources.ts';
import { startServer, temporaryFolder } from '../../running-server.ts';

const CASES: TableResource = {
  name: 'Cases',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'status', AttributeType: 'S' },
  ],
  globalSecondaryIndexes: [
    {
      IndexName: 'by-status',
      KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  localSecondaryIndexes: [],
};

async function startTables(path: string, tables: readonly TableResource[] = [CASES]) {
  const dynamoDb = await startDynamoDb({ path, tables });
  const server = await startServer({ dynamoDb });
  const client = new DynamoDBClient(server.clientOptions);
  onTestFinished(() => client.destroy());
  return { dynamoDb, server, client, documents: DynamoDBDocumentClient.from(client) };
}

test('a conditional write succeeds once, and the index finds the item', async () => {
  const { dynamoDb, documents } = await startTables(temporaryFolder());
  const put = new PutCommand({
    TableName: 'Cases',
    Item: { pk: 'case-1', sk: 'case', status: 'disabled' },
    ConditionExpression: 'attribute_not_exists(pk)',
  });

  await documents.send(put);
  await expect(documents.send(put)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  const found = await documents.send(
    new QueryCommand({
      TableName: 'Cases',
      IndexName: 'by-status',
      KeyConditionExpression: '#status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': 'disabled' },
    }),
  );

  expect(found.Items).toEqual([{ pk: 'case-1', sk: 'case', status: 'disabled' }]);
  await dynamoDb.close();
});

test('items survive a restart on the same folder', async () => {
  const path = temporaryFolder();
  const first = await startTables(path);
  await first.documents.send(new PutCommand({ TableName: 'Cases', Item: { pk: 'case-1', sk: 'case' } }));
  await first.dynamoDb.close();

  const second = await startTables(path);
  const read = await second.documents.send(new GetCommand({ TableName: 'Cases', Key: { pk: 'case-1', sk: 'case' } }));

  expect(read.Item).toEqual({ pk: 'case-1', sk: 'case' });
  expect((await second.client.send(new ListTablesCommand())).TableNames).toEqual(['Cases']);
  await second.dynamoDb.close();
});

test('a folder with a table of other keys is refused, not misread', async () => {
  const path = temporaryFolder();
  await (await startDynamoDb({ path, tables: [CASES] })).close();
  const changed = {
    ...CASES,
    globalSecondaryIndexes: [],
    attributeDefinitions: CASES.attributeDefinitions.slice(0, 2),
  };

  await expect(startDynamoDb({ path, tables: [changed] })).rejects.toThrow(TableMismatchError);
});

test('a client that goes away in the middle of a request harms nobody', async () => {
  const { dynamoDb, server, client } = await startTables(temporaryFolder());
  const socket = connect(server.port, '127.0.0.1');
  const head = [
    'POST / HTTP/1.1',
    'Host: 127.0.0.1',
    'X-Amz-Target: DynamoDB_20120810.ListTables',
    'Content-Length: 99',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n{`);
  await wait(20);
  socket.destroy();
  await wait(20);

  expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['Cases']);
  await dynamoDb.close();
});

test('closing waits for what is at work, and refuses what comes later, instead of ending the process', async () => {
  const { dynamoDb, documents } = await startTables(temporaryFolder());
  const puts = Array.from({ length: 40 }, (_, n) =>
    documents.send(new PutCommand({ TableName: 'Cases', Item: { pk: `case-${n}`, sk: 'case' } })),
  );
  await Promise.race(puts);

  const closed = dynamoDb.close();
  const ended = await Promise.allSettled([...puts, documents.send(new ListTablesCommand())]);
  await closed;

  const refused = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.name)] : []));
  expect(refused.filter((name) => name !== 'ServiceUnavailable')).toEqual([]);
});
