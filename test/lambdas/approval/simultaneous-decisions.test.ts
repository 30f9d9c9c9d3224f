import { expect, test } from 'vitest';
import { CHOICES } from '../../../lambdas/domain/effect.ts';
import { DESTROY, linkIdOf, openPage, postForm, shownOn } from '../../approver-browser.ts';
import { askedCase, caseIn } from '../../case-at-status.ts';
import { ALEX, openWorld } from '../../offboarding-world.ts';

const CROWD = Array.from({ length: 50 }, (_, index) => ({
  email: `approver.${index}@example.com`,
  displayName: `Approver Number ${index}`,
  role: index % 2 === 0 ? 'security' : 'it',
}));

test('of fifty approvers who decide in the same moment one wins, and the others are told who, five times over', async () => {
  const world = await openWorld({ approvers: CROWD });
  const { caseId } = await askedCase(world);
  const asked = await caseIn(world, caseId, 'asked');
  const forms = await Promise.all(
    CROWD.map(async ({ email }, index) => {
      const linkId = linkIdOf(world, email);
      const shown = shownOn(await openPage(world, linkId));
      return { linkId, fields: { shown, ...DESTROY, choice: CHOICES[index % CHOICES.length] ?? '0' } };
    }),
  );

  for (let round = 1; round <= 5; round += 1) {
    const answers = await Promise.all(forms.map(({ linkId, fields }) => postForm(world, linkId, fields)));

    const winners = CROWD.filter((_, index) => answers[index]?.statusCode === 303);
    const told = answers.filter(({ statusCode }) => statusCode === 409);
    expect([winners.length, told.length]).toEqual([1, 49]);
    const [winner = ALEX] = winners;
    for (const { body } of told) expect(body).toContain(`${winner.displayName} decided`);
    const decided = await caseIn(world, caseId, 'decided');
    expect(decided.decision.approver).toEqual(winner);
    expect(decided.timeline.filter(({ what }) => what === 'decision recorded')).toHaveLength(1);
    expect(world.workflow.signals).toHaveLength(1);

    // Undecided again, for the next round.
    await world.cases.replace(decided, { ...asked, version: decided.version });
    world.workflow.signals.length = 0;
    await world.taskTokens.keep(caseId, world.workflow.mintToken());
  }
});

test('one approver who presses the button many times decides once', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));

  const answers = await Promise.all(Array.from({ length: 20 }, () => postForm(world, linkId, { shown, ...DESTROY })));

  expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
  expect(answers.every(({ statusCode }) => statusCode < 500)).toBe(true);
  const { timeline } = await caseIn(world, caseId, 'decided');
  expect(timeline.filter(({ what }) => what === 'decision recorded')).toHaveLength(1);
  expect(world.workflow.signals).toHaveLength(1);
});
