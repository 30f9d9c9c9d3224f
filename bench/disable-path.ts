import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoCaseStore } from '../lambdas/cases/dynamo-case-store.ts';
import { createDirectoryReadings } from '../lambdas/cases/dynamo-directory-readings.ts';
import { createEmployeeStore } from '../lambdas/cases/dynamo-employee-store.ts';
import { createLeaverStore } from '../lambdas/cases/dynamo-leaver-store.ts';
import { createParkedEventStore } from '../lambdas/cases/dynamo-side-stores.ts';
import { createIdentityMap } from '../lambdas/cases/identity-map.ts';
import { createPeople } from '../lambdas/domain/people.ts';
import { createLastPassClient } from '../lambdas/lastpass/client.ts';
import { disableAccount } from '../lambdas/steps/disable-account.ts';
import { openCase } from '../lambdas/steps/open-case.ts';
import { startDynamoDb } from '../local/aws/dynamodb/dynamodb.ts';
import { createLastPassSimulator } from '../local/lastpass-simulator/simulator.ts';
import { SIMULATED_CREDENTIALS } from '../local/lastpass-simulator/simulator-options.ts';
import { createAwsServer } from '../local/run/aws-server.ts';
import { terminationEvent } from '../test/hr-events.ts';
import { synthesized } from '../test/synthesized.ts';

/**
 * The hot path: from an HR event to an account that LastPass lists as disabled. Measured against a baseline in the same
 * run, the three calls to LastPass that it makes (look, disable, look); the simulator and the database are on this machine, so
 * the difference is what our own code and its database calls cost.
 */
const LEAVERS = 300;
const WARM_UP = 50;

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const tables = (await synthesized()).tables();
const dynamoDb = await startDynamoDb({ path: folder, tables });
const server = createAwsServer({ dynamoDb });
const { url: endpoint } = await server.listen(0);
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const dynamoDbClient = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
const databaseCalls = countCalls(dynamoDbClient);
const client = DynamoDBDocumentClient.from(dynamoDbClient, {
  marshallOptions: { removeUndefinedValues: true },
});
const table = { client, tableName: tables[0]?.name ?? '' };

const simulator = createLastPassSimulator({ contract: 'lastpass' });
simulator.directory.change((directory) => {
  const [template] = directory.users;
  if (!template) throw new RangeError('the simulator has no people');
  for (let index = 0; index < 2 * (LEAVERS + WARM_UP); index += 1) {
    const userId = String(900_000_000 + index);
    directory.users.push({ ...structuredClone(template), userId, username: addressOf(index) });
  }
});
const { url } = await simulator.listen();
const lastPass = createLastPassClient({
  url,
  contract: 'lastpass',
  credentials: { read: async () => SIMULATED_CREDENTIALS },
});

const now = () => new Date();
const cases = new DynamoCaseStore({ ...table, now });
const identities = createIdentityMap(table);
const parkedEvents = createParkedEventStore(table);
const open = openCase({
  ...{
    cases,
    placeholders: cases,
    leavers: createLeaverStore(table, createPeople({ companyDomains: [], dotlessDomains: [] })),
    parkedEvents,
    now,
  },
  employees: createEmployeeStore(table),
  isRunning: async () => true,
  reportingSystems: [{ source: 'com.example.hr', speaksFor: [] }],
  reinstatements: { admit: async () => true },
  countLeaver: async () => undefined,
  locations: async () => ({}),
});
const disable = disableAccount({
  ...{ cases, identities, parkedEvents, lastPass, now },
  readings: createDirectoryReadings(table, now),
  protectedAccounts: [],
});

async function bare(address: string): Promise<void> {
  await lastPass.findAccount(address);
  await lastPass.disableAccounts([address]);
  await lastPass.findAccount(address);
}

async function ours(address: string, index: number): Promise<void> {
  const executionArn = `arn:aws:states:eu-west-1:111122223333:execution:Bench:${index}`;
  const event = terminationEvent({ employee: { id: `E-${index}`, workEmail: address } });
  const opened = await open({ executionArn, event });
  if (opened.route !== 'opened') throw new TypeError(`the case was ${opened.route}`);
  await disable({ executionArn, caseId: opened.caseId });
}

const times = { bare: [] as number[], ours: [] as number[] };
for (let index = 0; index < LEAVERS + WARM_UP; index += 1) {
  // In turn, so that both see the same machine.
  const bareMs = await timed(() => bare(addressOf(2 * index)));
  const callsBefore = { ...databaseCalls, lastPass: simulator.calls.length };
  const oursMs = await timed(() => ours(addressOf(2 * index + 1), index));
  if (index < WARM_UP) continue;
  times.bare.push(bareMs);
  times.ours.push(oursMs);
  if (index === WARM_UP) report(callsBefore);
}

const [bareMedian, oursMedian] = [median(times.bare), median(times.ours)];
print(`three bare calls to LastPass ${bareMedian.toFixed(2)} ms (median of ${LEAVERS})`);
print(`from event to proved         ${oursMedian.toFixed(2)} ms`);
print(`ratio                        ${(oursMedian / bareMedian).toFixed(2)}`);
rmSync(folder, { recursive: true });
process.exit(0);

function report(before: { gets: number; puts: number; lastPass: number }): void {
  print(
    `calls for one leaver         LastPass ${simulator.calls.length - before.lastPass}, DynamoDB reads ${databaseCalls.gets - before.gets}, writes ${databaseCalls.puts - before.puts}`,
  );
}

/** Counts calls by standing in front of the stores' methods. */
/** Counted on the wire, whoever makes them. */
function countCalls(counted: DynamoDBClient) {
  const counts = { gets: 0, puts: 0 };
  counted.middlewareStack.add(
    (next, { commandName }) =>
      (request) => {
        if (commandName === 'GetItemCommand') counts.gets += 1;
        if (commandName === 'PutItemCommand') counts.puts += 1;
        return next(request);
      },
    { step: 'initialize' },
  );
  return counts;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function addressOf(index: number): string {
  return `leaver-${index}@example.com`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
