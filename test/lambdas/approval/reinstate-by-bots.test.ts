import { expect, test } from 'vitest';
import { linkIdOf, openPage, postForm, shownOn } from '../../approver-browser.ts';
import { openApproval, statusOf } from '../../case-at-status.ts';
import { ALEX, JANE, openWorld } from '../../offboarding-world.ts';

test('a bot that takes the first radio does not give the leaver access again', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const { body } = await openPage(world, linkId);
  const radios = [...body.matchAll(/type="radio" name="choice"[^>]*? value="(\w+)"/g)].map(([, value]) => value);

  await postForm(world, linkId, { shown, choice: radios[0] ?? '' });

  expect(radios.at(-1)).toBe('reinstate');
  const found = await world.cases.find(caseId);
  expect(found && 'decision' in found && found.decision?.choice).not.toBe('reinstate');
});

test('a form that holds only the choice to reinstate is refused', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);

  expect(await postForm(world, linkId, { shown, choice: 'reinstate' })).toMatchObject({ statusCode: 422 });

  expect(await statusOf(world, caseId)).toBe('asked');
});

test('whoever holds a forwarded link and types the address still has no code: nothing is decided', async () => {
  const world = await openWorld();
  const { caseId } = await openApproval(world);
  const forwarded = linkIdOf(world, ALEX.email);
  const fields = { shown: shownOn(await openPage(world, forwarded)), choice: 'reinstate', confirmAddress: JANE };

  const answer = await postForm(world, forwarded, fields);
  await postForm(world, forwarded, { ...fields, step: 'code', code: '000 000' });

  expect(answer.body).toContain('Nothing is decided yet.');
  expect(await statusOf(world, caseId)).toBe('asked');
});
