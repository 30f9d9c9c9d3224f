import { expect, test } from 'vitest';
import { openWorld } from '../../offboarding-world.ts';

const MAPPING = {
  hrAddress: 'jane.smith@example.com',
  lastPassUsername: 'jane.doe@example.com',
  setBy: 'ops@example.com',
  setAt: '2026-11-21T10:00:00.000Z',
};

test('a mapping is found however the address is spelled, until it is taken away', async () => {
  const { identities } = await openWorld();
  expect(await identities.find(MAPPING.hrAddress)).toBeUndefined();

  expect(await identities.set(MAPPING)).toBeUndefined();

  for (const spelling of ['jane.smith@example.com', ' JANE.Smith@Example.COM ']) {
    expect(await identities.find(spelling)).toEqual(MAPPING);
  }
  expect(await identities.find(MAPPING.lastPassUsername)).toBeUndefined();
  expect(await identities.remove('Jane.Smith@example.com')).toEqual(MAPPING);
  expect(await identities.find(MAPPING.hrAddress)).toBeUndefined();
  expect(await identities.remove(MAPPING.hrAddress)).toBeUndefined();
});

test('the newest mapping counts, and the one before is told', async () => {
  const { identities } = await openWorld();
  await identities.set(MAPPING);
  const next = { ...MAPPING, lastPassUsername: 'jd@example.com' };

  expect(await identities.set(next)).toEqual(MAPPING);
  expect(await identities.find(MAPPING.hrAddress)).toEqual(next);
});

test('keys name nobody', async () => {
  const world = await openWorld();
  await world.identities.set(MAPPING);

  expect(await world.dump()).toMatch(/"pk":"identity-[0-9a-f]{64}"/);
});
