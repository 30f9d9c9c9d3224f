import { expect, test } from 'vitest';
import { openedCase } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { openWorld } from '../../offboarding-world.ts';

const SPELLINGS = ['jane.doe@example.com', 'Jane.Doe@Example.com', 'jane.doe+x@example.com', 'jane.doe+y@example.com'];

test.each(SPELLINGS)(
  'a leaver who is reported as %s is found by every spelling, since the case was opened',
  async (workEmail) => {
    const world = await openWorld();
    const { caseId } = await openedCase(world, terminationEvent({ employee: { workEmail } }));
    const since = (await world.cases.find(caseId))?.openedAt;

    for (const spelling of SPELLINGS) expect(await world.departures.of(spelling)).toEqual({ since });
    for (const other of ['jane@example.com', 'jane.doe@example.net']) {
      expect(await world.departures.of(other)).toBeUndefined();
    }
  },
);

const leaverItemsIn = (dump: string) => dump.split('\n').filter((line) => line.includes('"leaver-')).length;

test('a first report of a plainly spelled address costs no further write', async () => {
  const world = await openWorld();
  await openedCase(world);
  const plain = leaverItemsIn(await world.dump());
  const other = await openWorld();
  await openedCase(other, terminationEvent({ employee: { workEmail: 'jane.doe+x@example.com' } }));

  expect(plain).toBe(1);
  expect(leaverItemsIn(await other.dump())).toBe(2);
});

test('of two open cases of one person, reported under two spellings, the earlier report counts', async () => {
  const world = await openWorld();
  await openedCase(world, terminationEvent({ employee: { workEmail: 'jane.doe+x@example.com' } }));
  const first = await world.departures.of('jane.doe@example.com');
  world.clock.advance({ seconds: 60 });
  await openedCase(world, terminationEvent({ employee: { id: 'emp-2', workEmail: 'jane.doe@example.com' } }));

  expect(await world.departures.of('jane.doe+z@example.com')).toEqual(first);
});
