import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { beforeAll } from 'vitest';
import {
  PARTITION_KEY,
  SORT_KEY,
  STATUS_INDEX,
  STATUS_INDEX_PARTITION_KEY,
  STATUS_INDEX_SORT_KEY,
} from '../lambdas/cases/table-keys.ts';
import { createAwsServer } from '../local/aws-server.ts';
import { startDynamoDb } from '../local/dynamodb.ts';
import { WaitingWorkflow } from './waiting-workflow.ts';

/** The case table as deployed; written out, because synthesizing it for every test file would take longer than the tests. */
export const CASE_TABLE = {
  KeySchema: [
    { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
    { AttributeName: SORT_KEY, KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [PARTITION_KEY, SORT_KEY, STATUS_INDEX_PARTITION_KEY, STATUS_INDEX_SORT_KEY].map(
    (AttributeName) => ({ AttributeName, AttributeType: 'S' as const }),
  ),
  GlobalSecondaryIndexes: [
    {
      IndexName: STATUS_INDEX,
      KeySchema: [
        { AttributeName: STATUS_INDEX_PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: STATUS_INDEX_SORT_KEY, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['caseId'] },
    },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;

interface LoopbackAws {
  readonly client: DynamoDBClient;
  readonly sfn: SFNClient;
  workflow: WaitingWorkflow;
  tables: number;
}

let aws: LoopbackAws | undefined;

/** One database and one endpoint for all tests of a file; each test gets a table and a workflow of its own. */
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offboarding-'));
  const dynamoDb = await startDynamoDb({ path: folder, tables: [] });
  const server = createAwsServer({
    dynamoDb,
    stepFunctions: (operation, body) => running().workflow.answer(operation, body),
  });
  const { url: endpoint } = await server.listen(0);
  const options = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const client = new DynamoDBClient(options);
  const sfn = new SFNClient({ ...options, maxAttempts: 1 });
  aws = { client, sfn, workflow: new WaitingWorkflow(), tables: 0 };
  return async () => {
    client.destroy();
    sfn.destroy();
    await server.close();
    await dynamoDb.close();
    rmSync(folder, { recursive: true, force: true });
  };
});

/** A fresh case table, and a Step Functions that knows nothing yet, both reached over the wire. */
export async function freshAws() {
  const { client, sfn } = running();
  const workflow = new WaitingWorkflow();
  running().workflow = workflow;
  running().tables += 1;
  const tableName = `Cases${running().tables}`;
  const describe = new DescribeTableCommand({ TableName: tableName });
  await client.send(new CreateTableCommand({ TableName: tableName, BillingMode: 'PAY_PER_REQUEST', ...CASE_TABLE }));
  // dynalite turns a table ACTIVE in a timer of its own, and refuses writes until then.
  while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await new Promise(setImmediate);
  return { client, sfn, workflow, tableName };
}

function running(): LoopbackAws {
  if (aws === undefined) throw new Error('the loopback server starts before the first test');
  return aws;
}
