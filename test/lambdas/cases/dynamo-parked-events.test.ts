import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { createParkedEventDesk } from '../../../lambdas/cases/dynamo-parked-events.ts';
import { createParkedEventStore } from '../../../lambdas/cases/dynamo-side-stores.ts';
import { parkedIdOf } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { terminationEvent } from '../../hr-events.ts';
import { freshAws } from '../../loopback-aws.ts';

const FAULT = { field: 'detail.data.timeZone', problem: 'is missing', remedy: 'send an IANA zone' };

/** The table as functions and operators reach it, and a parked event to begin with. */
async function openDesk() {
  const { ownClient, tableName } = await freshAws();
  const client = ownClient();
  // Pages of one item: what is not asked for page by page is missed.
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        next(commandName === 'QueryCommand' ? { ...args, input: { ...args.input, Limit: 1 } } : args),
    { step: 'initialize', name: 'onePerPage', override: true },
  );
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const table = { client: documents, tableName };
  const store = createParkedEventStore(table);
  const parkAt = (minute: number) => {
    const event = terminationEvent({ data: { terminationId: `term-${minute}` } });
    const at = new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString();
    const parked = {
      parkedId: parkedIdOf(event),
      parkedAt: at,
      executionArn: `first-${minute}`,
      faults: [FAULT],
      event,
    };
    return { parked, done: store.park(parked) };
  };
  return { table, store, desk: createParkedEventDesk(table), parkAt };
}

const by = (as: 'redriven' | 'dismissed') => ({
  ...{ as, by: 'ops@example.com', at: '2026-11-21T12:00:00.000Z' },
  corrected: ['detail.data.timeZone'],
});

describe('what waits', () => {
  test('is listed from the longest waiting to the newest, however many pages that takes', async () => {
    const { desk, parkAt } = await openDesk();
    for (const minute of [7, 3, 5, 1, 6, 2, 4, 8]) await parkAt(minute).done;
    expect(await desk.idsIn('parked')).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((minute) => idOf(minute)));
  });

  test('is found by its id, and by any beginning that only it has', async () => {
    const { desk, parkAt } = await openDesk();
    const { parked, done } = parkAt(1);
    await Promise.all([done, parkAt(2).done]);
    expect(await desk.find(parked.parkedId)).toMatchObject([{ ...parked, status: 'parked', timesParked: 1 }]);
    expect(await desk.find(parked.parkedId.slice(0, 8))).toHaveLength(1);
    expect(await desk.find('')).toHaveLength(2);
    expect(await desk.find('zzz')).toEqual([]);
  });

  test('an item of before versions were kept is read, and can be settled once', async () => {
    const { table, desk } = await openDesk();
    const old = {
      parkedId: 'a'.repeat(64),
      parkedAt: '2026-11-21T10:00:00.000Z',
      executionArn: 'arn',
      faults: [FAULT],
    };
    const Item = { pk: `parked-${old.parkedId}`, sk: 'parked', ...old, event: {}, status: 'parked', updatedAt: 'then' };
    await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
    const [found] = await desk.find('aaaa');
    if (!found) throw new Error('the old item was not found');
    expect(await desk.settle(found, by('dismissed'))).toMatchObject({ status: 'dismissed', version: 2 });
    expect(await desk.settle(found, by('dismissed'))).toBeUndefined();
  });
});

describe('what was settled', () => {
  test.each(['redriven', 'dismissed'] as const)('%s: leaves the list, and keeps who, when and what', async (as) => {
    const { desk, parkAt } = await openDesk();
    const { parked, done } = parkAt(1);
    await done;
    const [found] = await desk.find(parked.parkedId);
    if (!found) throw new Error('nothing was parked');
    await desk.settle(found, by(as));

    expect(await desk.idsIn('parked')).toEqual([]);
    expect(await desk.idsIn(as)).toEqual([parked.parkedId]);
    expect(await desk.find(parked.parkedId.slice(0, 6))).toMatchObject([
      { ...parked, status: as, settlements: [by(as)] },
    ]);
  });

  test('and is parked again by another execution waits again, with its history and a count', async () => {
    const { store, desk, parkAt } = await openDesk();
    const { parked, done } = parkAt(1);
    await done;
    const [found] = await desk.find(parked.parkedId);
    if (!found) throw new Error('nothing was parked');
    await desk.settle(found, by('redriven'));
    const later = { ...parked, executionArn: 'second', parkedAt: '2026-11-21T12:00:09.000Z' };
    await store.park({ ...later, faults: [{ ...FAULT, problem: 'is another' }] });

    expect(await desk.idsIn('parked')).toEqual([parked.parkedId]);
    expect(await desk.find(parked.parkedId)).toMatchObject([
      {
        ...{ status: 'parked', timesParked: 2, parkedAt: later.parkedAt, settlements: [by('redriven')] },
        faults: [{ problem: 'is another' }],
      },
    ]);
  });

  test('a second run of the execution that parked it does not bring it back', async () => {
    const { store, desk, parkAt } = await openDesk();
    const { parked, done } = parkAt(1);
    await done;
    const [found] = await desk.find(parked.parkedId);
    if (!found) throw new Error('nothing was parked');
    await desk.settle(found, by('redriven'));
    await store.park(parked);
    expect(await desk.idsIn('parked')).toEqual([]);
  });

  test('an event that was parked again while it was redriven is not taken for settled', async () => {
    const { store, desk, parkAt } = await openDesk();
    const { parked, done } = parkAt(1);
    await done;
    const [found] = await desk.find(parked.parkedId);
    if (!found) throw new Error('nothing was parked');
    const again = { ...parked, executionArn: 'second', parkedAt: '2026-11-21T12:00:00.000Z' };
    await store.park({ ...again, event: { ...parked.event, id: 'put-again' } });

    expect(await desk.settle(found, by('redriven'))).toBeUndefined();
    expect(await desk.find(parked.parkedId)).toMatchObject([
      { status: 'parked', timesParked: 2, parkedAt: parked.parkedAt },
    ]);
  });
});

test('a second delivery of what waits already is no news', async () => {
  const { store, desk, parkAt } = await openDesk();
  const { parked, done } = parkAt(1);
  await done;
  const before = await desk.find(parked.parkedId);
  await store.park({ ...parked, executionArn: 'second', parkedAt: '2026-11-21T12:00:00.000Z' });
  expect(await desk.find(parked.parkedId)).toEqual(before);
});

test('an event has one id, however often EventBridge puts its own marks on it', () => {
  const event = terminationEvent();
  const put = { ...event, id: 'another', time: '2027-01-01T00:00:00Z', 'replay-name': 'again', region: 'us-east-1' };
  expect(parkedIdOf(put)).toBe(parkedIdOf(event));
  expect(parkedIdOf({ ...event, source: 'com.example.payroll' })).not.toBe(parkedIdOf(event));
  expect(parkedIdOf(terminationEvent({ data: { reason: 'other' } }))).not.toBe(parkedIdOf(event));
  expect(parkedIdOf('no event at all')).toMatch(/^[0-9a-f]{64}$/);
});

function idOf(minute: number): string {
  return parkedIdOf(terminationEvent({ data: { terminationId: `term-${minute}` } }));
}
