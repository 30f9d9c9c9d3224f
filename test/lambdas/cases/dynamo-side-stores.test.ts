import { expect, test } from 'vitest';
import { openWorld } from '../../offboarding-world.ts';

const LINK = {
  linkHash: 'a'.repeat(64),
  caseId: 'case-1',
  approverEmail: 'alex.kim@example.com',
  createdAt: '2026-11-21T10:00:00.000Z',
  executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:Offboarding:first',
};

test('a link is found by its hash and by nothing else', async () => {
  const { links } = await openWorld();
  await links.keep(LINK);

  expect(await links.find(LINK.linkHash)).toEqual(LINK);
  expect(await links.find(LINK.caseId)).toBeUndefined();
  expect(await links.find('')).toBeUndefined();
});

test('an event that is parked twice keeps its first reason', async () => {
  const world = await openWorld();
  const fault = { field: 'detail', problem: 'is missing', remedy: 'send it' };
  const event = { detail: { data: { 'odd key': [null, 1.5, '', { deep: true }] } } };
  const parked = {
    parkedId: 'p'.repeat(64),
    parkedAt: '2026-11-21T10:00:00.000Z',
    executionArn: 'arn',
    faults: [fault],
    event,
  };
  await world.parkedEvents.park(parked);
  await world.parkedEvents.park({ ...parked, faults: [{ ...fault, problem: 'is another' }] });

  expect(JSON.parse(await world.dump())).toMatchObject({
    ...{ status: expect.stringMatching(/^parked#\d+$/), faults: [fault] },
    eventText: JSON.stringify(event),
  });
  expect(await world.cases.idsIn('opened')).toEqual([]);
});
