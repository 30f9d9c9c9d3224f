import { mkdirSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  paginateScan,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { z } from 'zod';
import { DataFileError } from '../../data/data-files.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { sendJsonError } from '../protocol/json-protocol.ts';
import { readBody } from '../protocol/request-body.ts';
import type { TableResource } from '../template/resources.ts';
import { tellOfBrokenFiles } from './broken-files.ts';
import { assertLevelFiles } from './level-files.ts';
import { openWrittenItems, type WrittenItems } from './written-items.ts';

/** A timer of 0 ms makes a table active; a process that was killed within it left a table that never will be. */
const ACTIVE_WITHIN_MS = 2_000;

/** The tables on disk are not those of the template. */
export class TableMismatchError extends DataFileError {}

interface LocalDynamoDb {
  /** Answers one DynamoDB request. */
  readonly handle: RequestListener;
  /** Everything that stood in the tables at the start, in DynamoDB's own form. */
  readonly itemsAtStart: readonly unknown[];
  /** Flushes and closes the database. A killed process loses nothing either: LevelDB's log is written per request. */
  close(): Promise<void>;
}

/**
 * DynamoDB from dynalite, in this process, in the LevelDB folder `path`, with the template's tables. Starting again on
 * the same folder keeps tables and items.
 * @throws TableMismatchError when a table exists with other keys or indexes than the template's.
 * @throws DataFileError when files of the database are damaged, or hold less than was written.
 */
export async function startDynamoDb(options: {
  path: string;
  tables: readonly TableResource[];
}): Promise<LocalDynamoDb> {
  const { path, tables } = options;
  assertLevelFiles(path);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const keysOf = new Map(tables.map(({ name, keySchema }) => [name, keySchema.map((key) => key.AttributeName)]));
  const written = openWrittenItems(`${path}-written.jsonl`, keysOf, path);
  const underWay = new Set<Promise<void>>();
  let isClosing = false;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (isClosing) {
      sendJsonError(response, new AwsError('ServiceUnavailable', 'the database is closing', 503));
      return;
    }
    const answered = replayInto({ server, written, request, response })
      .catch((error: unknown) => sendJsonError(response, error))
      .finally(() => underWay.delete(answered));
    underWay.add(answered);
  };
  const itemsAtStart: unknown[] = [];
  const stopWatching = tellOfBrokenFiles(path);
  try {
    await withClient(handle, async (client) => {
      for (const table of tables) await createTable(client, table);
      for (const { name } of tables) {
        const items = await allItems(client, name);
        written.assertKept(name, items);
        itemsAtStart.push(...items);
      }
    });
  } catch (error) {
    stopWatching();
    throw error;
  }
  return {
    handle,
    itemsAtStart,
    async close() {
      // dynalite throws, and so ends the process, when a request is still at work once the database is closed.
      isClosing = true;
      while (underWay.size > 0) await Promise.all(underWay);
      await closeDatabase(server);
      stopWatching();
    },
  };
}

/** dynalite throws, and so ends the process, when a client goes away mid-request: it gets requests that are complete. */
async function replayInto(exchange: {
  server: Server;
  written: WrittenItems;
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<void> {
  const { server, written, request, response } = exchange;
  const { method, url, headers } = request;
  const body = await readBody(request);
  const complete = Readable.from([body]);
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  // Before the answer goes out, whether or not anybody is there any more to read it.
  const end = response.end.bind(response);
  response.end = (...answer: unknown[]) => {
    const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
    if (response.statusCode === 200) written.note(operation, body.toString('utf8'));
    resolve();
    return Reflect.apply(end, response, answer);
  };
  // dynalite answers any `Origin` with "allow all"; no page of any site has business with this database.
  server.emit(
    'request',
    Object.assign(complete, { method, url, headers: { ...headers, origin: undefined } }),
    response,
  );
  await answered;
}

/** dynalite answers over its wire protocol only, so a short-lived listener carries it. */
async function withClient(handle: RequestListener, use: (client: DynamoDBClient) => Promise<void>): Promise<void> {
  const server = createServer(handle);
  const port = await listenOnLoopback(server);
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await use(client);
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
}

async function allItems(client: DynamoDBClient, TableName: string) {
  const items: Record<string, unknown>[] = [];
  for await (const { Items } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    items.push(...(Items ?? []));
  return items;
}

async function createTable(client: DynamoDBClient, table: TableResource): Promise<void> {
  const existing = await describe(client, table.name);
  if (existing === undefined) await client.send(new CreateTableCommand(createTableInput(table)));
  else if (shapeOf(existing) !== shapeOf(createTableInput(table))) {
    throw new TableMismatchError(
      `table ${table.name}: the local database has other keys or indexes than the template; delete its folder to start anew`,
    );
  }
  // dynalite turns a table ACTIVE in a timer of its own, and refuses writes until then.
  const deadline = Date.now() + ACTIVE_WITHIN_MS;
  while ((await describe(client, table.name))?.TableStatus !== 'ACTIVE') {
    if (Date.now() > deadline) {
      throw new TableMismatchError(
        `table ${table.name}: was never completely created; see that the disk is not full, delete its folder, and start anew`,
      );
    }
    await new Promise(setImmediate);
  }
}

async function describe(client: DynamoDBClient, name: string) {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** What dynalite understands of a table: keys and indexes. Encryption, recovery, TTL and streams have no local part. */
function createTableInput(table: TableResource): CreateTableCommandInput {
  return {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributeDefinitions,
    ...(table.globalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalSecondaryIndexes }),
    ...(table.localSecondaryIndexes.length > 0 && { LocalSecondaryIndexes: table.localSecondaryIndexes }),
  };
}

type KeySchema = CreateTableCommandInput['KeySchema'];
type Index = { IndexName?: string | undefined; KeySchema?: KeySchema };
interface Keyed {
  readonly KeySchema?: KeySchema;
  readonly GlobalSecondaryIndexes?: readonly Index[] | undefined;
  readonly LocalSecondaryIndexes?: readonly Index[] | undefined;
}

/** Keys and indexes as one text, for comparing. */
function shapeOf(table: Keyed): string {
  const keys = (schema: KeySchema) => schema?.map((key) => `${key.KeyType}:${key.AttributeName}`).join();
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return [
    keys(table.KeySchema),
    ...indexes.map((index) => `${index.IndexName}/${keys(index.KeySchema)}`).sort(),
  ].join();
}

/** dynalite closes its database when its server closes, and only a listening server can close. */
async function closeDatabase(server: Server): Promise<void> {
  await listenOnLoopback(server);
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined || error === null ? resolve() : reject(error)));
  });
}

/** Listens on a free loopback port. */
async function listenOnLoopback(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return z.object({ port: z.number() }).parse(server.address()).port;
}
