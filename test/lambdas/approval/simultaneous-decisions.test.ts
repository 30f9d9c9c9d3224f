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

test.each([1, 2, 3, 4, 5])(
  'of fifty approvers who decide in the same moment one wins, and the others are told who (round %i)',
  async () => {
    const world = await openWorld({ approvers: CROWD });
    const { caseId } = await askedCase(world);
    const forms = await Promise.all(
      CROWD.map(async ({ email }, index) => {
        const linkId = linkIdOf(world, email);
        const shown = shownOn(await openPage(world, linkId));
        return { linkId, fields: { shown, ...DESTROY, choice: CHOICES[index % CHOICES.length] ?? '0' } };
      }),
    );

    const answers = await Promise.all(forms.map(({ linkId, fields }) => postForm(world, linkId, fields)));

    const winners = CROWD.filter((_, index) => answers[index]?.statusCode === 303);
    const told = answers.filter(({ statusCode }) => statusCode === 409);
    expect(winners).toHaveLength(1);
    expect(told).toHaveLength(49);
    const [winner = ALEX] = winners;
    for (const { body } of told) expect(body).toContain(`${winner.displayName} decided`);
    const { decision, timeline } = await caseIn(world, caseId, 'decided');
    expect(decision.approver).toEqual(winner);
    expect(timeline.filter(({ what }) => what === 'decision recorded')).toHaveLength(1);
    expect(world.workflow.signals).toHaveLength(1);
  },
);

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
