import { expect, test } from 'vitest';
import { DESTROY, decideAs, KEEP, linkIdOf, openPage, postForm } from '../../approver-browser.ts';
import { askedCase, caseIn, FIRST, openApproval, SECOND, statusOf } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld } from '../../offboarding-world.ts';

test('after the approval has ended the link decides nothing, to the millisecond', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const { approval } = await caseIn(world, caseId, 'asked');
  world.clock.set(approval.expiresAt);

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  expect(await openPage(world, linkId)).toMatchObject({ statusCode: 410 });
  expect(await statusOf(world, caseId)).toBe('asked');

  world.clock.advance({ ms: -1 });
  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 303 });
});

test('a link that was never sent is not known, whatever it looks like', async () => {
  const world = await openWorld();
  const { linkId, shown } = await openApproval(world);
  const before = await world.dump();
  const flipped = `${linkId.startsWith('A') ? 'B' : 'A'}${linkId.slice(1)}`;

  for (const guess of [
    flipped,
    'A'.repeat(43),
    linkId.slice(0, 42),
    `${linkId}A`,
    `${linkId}\n`,
    ` ${linkId}`,
    '',
    '..',
  ]) {
    expect(await openPage(world, guess)).toMatchObject({ statusCode: 404 });
    expect(await postForm(world, guess, { shown, ...KEEP })).toMatchObject({ statusCode: 404 });
  }
  expect(await world.dump()).toBe(before);
});

test('what the table holds about a link is no link', async () => {
  const world = await openWorld();
  const { caseId, shown } = await openApproval(world);
  const hashes = [...(await world.dump()).matchAll(/"linkHash":"([0-9a-f]+)"/g)].map(([, hash = '']) => hash);

  expect(hashes).toHaveLength(2);
  for (const hash of [...hashes, ...hashes.map((one) => Buffer.from(one, 'hex').toString('base64url'))]) {
    expect(await postForm(world, hash, { shown, ...KEEP })).toMatchObject({ statusCode: 404 });
  }
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a link decides about its own case only, whatever page its form came from', async () => {
  const world = await openWorld();
  const { caseId, shown } = await openApproval(world);
  const other = terminationEvent({
    data: { terminationId: 'term-2' },
    employee: { id: 'emp-2', workEmail: 'chen.wei@example.com' },
  });
  const foreign = await askedCase(world, other);
  const foreignLink = linkIdOf(world, ALEX.email);

  const answer = await postForm(world, foreignLink, { shown, ...DESTROY });

  expect(answer.statusCode).toBe(422);
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await statusOf(world, foreign.caseId)).toBe('asked');
});

test('a link of an earlier execution decides nothing about the case as it is run now', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  world.workflow.running.delete(FIRST);
  await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });
  const again = { caseId, executionArn: SECOND };
  await stepsOf(world).disableAccount(again);
  await stepsOf(world).requestApproval({ ...again, taskToken: world.workflow.mintToken() });

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });

  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await decideAs(world, ALEX.email, KEEP)).toMatchObject({ statusCode: 303 });
});

test('somebody who is no approver of the case any more decides nothing by an old link', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const asked = await caseIn(world, caseId, 'asked');
  const approvers = asked.approval.approvers.filter(({ email }) => email !== ALEX.email);
  await world.cases.replace(asked, { ...asked, approval: { ...asked.approval, approvers } });

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a case that ended without a decision tells so and decides nothing', async () => {
  const world = await openWorld();
  const { caseId, executionArn, linkId, shown } = await openApproval(world);
  const failure = { state: 'Request approval', error: 'ApproversNotToldError', message: 'none' };
  await stepsOf(world).sealEvidence({ caseId, executionArn, failure, ending: {} });
  const before = await world.dump();

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  expect(await world.dump()).toBe(before);
});
