import { expect, test } from 'vitest';
import { DESTROY, KEEP } from '../../approver-browser.ts';
import { askedCase, caseIn, committedCase, decidedCase, disabledCase, openedCase } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { someoneElseLeaves } from '../../hr-events.ts';
import { CASE_TABLE } from '../../loopback-aws.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { openWorld, type World } from '../../offboarding-world.ts';
import { synthesized } from '../../synthesized.ts';

test('the table of these tests is the deployed one', async () => {
  const [deployed] = (await synthesized()).tables();

  expect({
    KeySchema: deployed?.keySchema,
    AttributeDefinitions: deployed?.attributeDefinitions,
    GlobalSecondaryIndexes: deployed?.globalSecondaryIndexes,
  }).toEqual(CASE_TABLE);
});

test('of many claims of one case, one succeeds', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(world);
  const opened = await caseIn(world, caseId, 'opened');
  const another = { ...opened, caseId: 'case-another' };

  const claims = await Promise.all(Array.from({ length: 20 }, () => world.cases.claim(another)));

  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await world.cases.claim(opened)).toBe(false);
});

test('of many writes upon the same reading, one succeeds and the others say so', async () => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world);
  const current = await caseIn(world, caseId, 'disabled');
  const writes = Array.from({ length: 20 }, (_, index) =>
    world.cases.replace(current, { ...current, revision: index + 1 }),
  );

  const names = await Promise.all(writes.map(errorName));

  expect(names.filter((name) => name === 'nothing failed')).toHaveLength(1);
  expect(names.filter((name) => name === 'CaseChangedError')).toHaveLength(19);
  expect((await caseIn(world, caseId, 'disabled')).version).toBe(current.version + 1);
});

test('a reading of another status cannot be written over, even at the same version', async () => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world);
  const disabled = await caseIn(world, caseId, 'disabled');
  const forged = { ...disabled, status: 'opened' as const };

  expect(await errorName(world.cases.replace(forged, forged))).toBe('CaseChangedError');
});

test('a case that is not there cannot be replaced', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(world);
  const ghost = { ...(await caseIn(world, caseId, 'opened')), caseId: 'case-ghost' };

  expect(await errorName(world.cases.replace(ghost, ghost))).toBe('CaseChangedError');
  expect(await world.cases.find('case-ghost')).toBeUndefined();
});

test.each([
  ['opened', openedCase],
  ['disabled', disabledCase],
  ['asked', askedCase],
  ['decided', (world: World) => decidedCase(world, DESTROY)],
  ['committed', (world: World) => committedCase(world, DESTROY)],
] as const)('a case that is %s reads back as it was written', async (status, bring) => {
  const world = await openWorld();
  const { caseId } = await bring(world);
  const current = await caseIn(world, caseId, status);

  const written = await world.cases.replace(current, current);

  expect(await world.cases.find(caseId)).toEqual(written);
  expect(written).toEqual({ ...current, version: current.version + 1 });
});

test('cases are listed by status, the longest unchanged first, and only those of that status', async () => {
  const world = await openWorld();
  const ids: string[] = [];
  for (const name of ['dirk.directory', 'jane.doe', 'sole.keeper']) {
    world.clock.advance({ seconds: 1 });
    ids.push((await disabledCase(world, someoneElseLeaves(`${name}@example.com`))).caseId);
  }
  await openedCase(world, someoneElseLeaves('nora.never@example.com'));

  expect(await world.cases.idsIn('disabled')).toEqual(ids);

  world.clock.advance({ seconds: 1 });
  const first = await caseIn(world, ids[0] ?? '', 'disabled');
  await world.cases.replace(first, first);
  expect(await world.cases.idsIn('disabled')).toEqual([ids[1], ids[2], ids[0]]);
});

test('neither links nor tokens are listed with the cases', async () => {
  const world = await openWorld();
  const { caseId, ...input } = await decidedCase(world, KEEP);

  expect(await world.cases.idsIn('decided')).toEqual([caseId]);
  await stepsOf(world).deleteAccount({ caseId, ...input });
  expect(await world.cases.idsIn('decided')).toEqual([]);
  expect(await world.cases.idsIn('finished')).toEqual([caseId]);
});
