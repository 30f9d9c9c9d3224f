import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { STATUS_SHARDS, shardedStatus } from '../../../lambdas/cases/sharded-status.ts';
import { keysInStatus } from '../../../lambdas/cases/status-index.ts';
import { caseKey } from '../../../lambdas/cases/table-keys.ts';
import { caseIdOf } from '../../../lambdas/domain/case-id.ts';
import { DESTROY } from '../../approver-browser.ts';
import { decidedCase } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { freshAws } from '../../loopback-aws.ts';
import { openWorld } from '../../offboarding-world.ts';

const idOf = (termination: number) =>
  caseIdOf({ source: 'com.example.hr', employeeId: `E-${termination}`, terminationId: `T-${termination}` });

// What DynamoDB takes under one partition key of an index, and what each case costs it under `opened` (see the decision).
const UNITS_A_SECOND = 1_000;
const UNITS_A_CASE = 4;

test('ten thousand cases that are disabled within ten seconds keep every key of the index below half of what it takes', () => {
  const unitsUnder = new Map<string, number>();
  for (let termination = 0; termination < 10_000; termination += 1) {
    const stored = shardedStatus('opened', caseKey(idOf(termination)));
    unitsUnder.set(stored, (unitsUnder.get(stored) ?? 0) + UNITS_A_CASE);
  }

  expect(unitsUnder.size).toBe(STATUS_SHARDS);
  expect(Math.max(...unitsUnder.values()) / 10).toBeLessThan(UNITS_A_SECOND / 2);
});

test('whatever the index holds is spread: cases, tokens, news of decisions and parked events', async () => {
  const world = await openWorld();
  await decidedCase(world, DESTROY);
  const event = terminationEvent({});
  const faults = [{ field: 'detail', problem: 'is odd', remedy: 'mend it' }];
  await world.parkedEvents.park({ parkedId: 'a'.repeat(64), parkedAt: '2026', executionArn: 'arn', faults, event });

  const stored = (await world.dump()).split('\n').map((line): unknown => JSON.parse(line));
  const items = stored.flatMap((item) => indexedSchema.safeParse(item).data ?? []);

  expect(new Set(items.map(({ status }) => status.split('#')[0]))).toEqual(
    new Set(['decided', 'token-over', 'news-over', 'parked']),
  );
  for (const item of items) expect(item.status).toBe(shardedStatus(item.status.split('#')[0] ?? '', item));
});

test('all are listed by status, the longest unchanged first, page after page, those of older code among them', async () => {
  const { ownClient, tableName } = await freshAws();
  const client = DynamoDBDocumentClient.from(inPagesOfTwo(ownClient()));
  const cases = Array.from({ length: 60 }, (_, minute) => {
    const key = caseKey(idOf(minute));
    const status = minute % 4 === 0 ? 'opened' : shardedStatus('opened', key);
    return { ...key, caseId: key.pk, status, updatedAt: `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z` };
  });
  const shuffled = cases.toSorted((one, other) => one.pk.localeCompare(other.pk));
  for (const Item of shuffled) await client.send(new PutCommand({ TableName: tableName, Item }));
  const other = { ...caseKey(idOf(99)), status: shardedStatus('disabled', caseKey(idOf(99))), updatedAt: '2026' };
  await client.send(new PutCommand({ TableName: tableName, Item: other }));

  const listed = await keysInStatus({ client, tableName }, 'opened');

  expect(listed).toEqual(cases.map(({ pk, sk }) => ({ pk, sk })));
});

const indexedSchema = z.object({ pk: z.string(), status: z.string() });

/** As DynamoDB answers once more lies under a key than a page holds. */
function inPagesOfTwo(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        next(commandName === 'QueryCommand' ? { ...args, input: { ...args.input, Limit: 2 } } : args),
    { step: 'initialize', name: 'pagesOfTwo', override: true },
  );
  return client;
}
