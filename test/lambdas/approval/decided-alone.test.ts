import { expect, test } from 'vitest';
import { decideAs, LEAVE } from '../../approver-browser.ts';
import { askedCase, caseIn, statusOf } from '../../case-at-status.ts';
import { ALEX, openWorld, SAM } from '../../offboarding-world.ts';

test('one approver alone decides nothing that cannot be undone, also where the vault lives on', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);

  const first = await decideAs(world, ALEX.email, LEAVE);

  expect(first.statusCode).toBe(200);
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await decideAs(world, SAM.email, LEAVE)).toMatchObject({ statusCode: 303 });
  expect((await caseIn(world, caseId, 'decided')).decision.votes).toHaveLength(2);
});

test('under the guide, where 0 cannot be undone, one approver alone does not decide that either', async () => {
  const world = await openWorld({ contract: 'guide' });
  const { caseId } = await askedCase(world);

  await decideAs(world, ALEX.email, { ...LEAVE, choice: '0' });

  expect(await statusOf(world, caseId)).toBe('asked');
});
