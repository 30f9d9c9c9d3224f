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
import {
  PARTITION_KEY,
  SORT_KEY,
  STATUS_INDEX,
  STATUS_INDEX_PARTITION_KEY,
  STATUS_INDEX_SORT_KEY,
} from '../lambdas/cases/table-keys.ts';
import { startDynamoDb } from '../local/aws/dynamodb/dynamodb.ts';
import { createAwsServer } from '../local/run/aws-server.ts';
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
  /** A client that no other test has, for whoever adds middleware to it. */
  readonly ownClient: () => DynamoDBClient;
  readonly sfn: SFNClient;
  workflow: WaitingWorkflow;
  tables: number;
}

let started: Promise<LoopbackAws> | undefined;

/** One database and one endpoint for as long as the process lives, since many files of tests share it. */
async function startLoopbackAws(): Promise<LoopbackAws> {
  const folder = mkdtempSync(join(tmpdir(), 'offboarding-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const dynamoDb = await startDynamoDb({ path: join(folder, 'dynamodb'), tables: [] });
  const server = createAwsServer({
    dynamoDb,
    stepFunctions: (operation, body) => aws.workflow.answer(operation, body),
  });
  const { url: endpoint } = await server.listen(0);
  const options = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const ownClient = () => new DynamoDBClient(options);
  const aws = {
    client: ownClient(),
    ownClient,
    sfn: new SFNClient({ ...options, maxAttempts: 1 }),
    workflow: new WaitingWorkflow(),
    tables: 0,
  };
  return aws;
}

/** A fresh case table, and a Step Functions that knows nothing yet, both reached over the wire. */
export async function freshAws() {
  started ??= startLoopbackAws();
  const aws = await started;
  const { client, ownClient, sfn } = aws;
  const workflow = new WaitingWorkflow();
  aws.workflow = workflow;
  aws.tables += 1;
  const tableName = `Cases${aws.tables}`;
  const describe = new DescribeTableCommand({ TableName: tableName });
  await client.send(new CreateTableCommand({ TableName: tableName, BillingMode: 'PAY_PER_REQUEST', ...CASE_TABLE }));
  // dynalite turns a table ACTIVE in a timer of its own, and refuses writes until then.
  while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await new Promise(setImmediate);
  return { client, ownClient, sfn, workflow, tableName };
}
