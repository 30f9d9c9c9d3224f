import { describe, expect, it } from 'vitest';
import { parkedIdOf } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import { FIRST, SECOND } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { openWorld } from '../../offboarding-world.ts';

const nested = (levels: number) => `${'{"a":['.repeat(levels / 2)}1${']}'.repeat(levels / 2)}`;

/** What a producer may put on the bus: JSON that no schema foresaw. */
const TEXTS: Readonly<Record<string, string>> = {
  'a number above 2^53': '9007199254740993',
  'a number of 21 digits': '100000000000000000000',
  'a number beyond what DynamoDB counts': '1e300',
  'a number beyond any': '1e400',
  'a number of forty digits behind the point': '0.1234567890123456789012345678901234567890',
  '40 levels of nesting': nested(40),
  '5,000 levels of nesting': nested(5000),
  'half a character': '"\\ud800"',
  'a key that is half a character': '{"\\udfff":1}',
  'a key called __proto__': '{"__proto__":{"isAdmin":true},"constructor":1}',
  'an empty key': '{"":1}',
  'a text of 250 KB': `"${'x'.repeat(250 * 1024)}"`,
  'numbers that grow when they are written': `[${'7e20,'.repeat(50_000)}1]`,
};

function eventWith(text: string): unknown {
  const sent = JSON.stringify(terminationEvent({ data: { terminationId: '', odd: 'HERE' } }));
  return JSON.parse(sent.replace('"HERE"', text));
}

it('a text that is no Unicode is parked, and not found out by the database half an hour later', async () => {
  const world = await openWorld();
  const event = terminationEvent({ employee: { id: 'emp-\ud800' } });
  expect(await stepsOf(world).openCase({ executionArn: FIRST, event })).toMatchObject({ route: 'parked' });
  expect(await world.parkedDesk.find(parkedIdOf(event))).toMatchObject([
    { event, faults: [{ field: 'detail.data.employee.id', problem: 'holds half a character' }] },
  ]);
});

it('a thousand faults are parked as the first of them and their number, however often they are written again', async () => {
  const world = await openWorld();
  const parkedId = 'a'.repeat(64);
  const faults = Array.from({ length: 1000 }, (_, n) => ({ field: `f${n}`, problem: 'x'.repeat(2000), remedy: 'y' }));
  await world.parkedEvents.park({ parkedId, parkedAt: '2026-11-21T10:00:00Z', executionArn: FIRST, faults, event: 1 });
  const [parked] = await world.parkedDesk.find(parkedId);
  if (!parked) throw new Error('nothing was parked');
  const settled = await world.parkedDesk.settle(parked, { as: 'dismissed', at: 'now', by: 'ops', corrected: [] });
  const [again] = await world.parkedDesk.find(parkedId);
  expect([settled?.faults.length, again?.faults]).toEqual([51, parked.faults]);
  expect(again?.faults.at(-1)?.problem).toBe('has 950 more faults');
});

describe.each(Object.entries(TEXTS))('an event that cannot be handled, with %s', (_what, text) => {
  it('is parked, listed, and read as it was sent', async () => {
    const world = await openWorld();
    const event = eventWith(text);

    const result = await stepsOf(world).openCase({ executionArn: FIRST, event });

    expect(result).toEqual({ route: 'parked', parkedId: parkedIdOf(event) });
    const [found] = await world.parkedDesk.find(parkedIdOf(event));
    expect(jsonText(found?.event)).toBe(jsonText(event));
    // DynamoDB itself takes 32 levels at most, which its stand-in does not say.
    expect(await world.dump()).not.toContain('"event":{');
    // A second delivery is no news, and one that was put again is counted.
    await stepsOf(world).openCase({ executionArn: SECOND, event });
    expect(await world.parkedDesk.find(parkedIdOf(event))).toMatchObject([{ timesParked: 1 }]);
  });
});
