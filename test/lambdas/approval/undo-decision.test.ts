import { expect, test } from 'vitest';
import { DESTROY, KEEP, LEAVE, linkIdOf, openPage, postForm } from '../../approver-browser.ts';
import {
  askedCase,
  caseIn,
  committedCase,
  decidedCase,
  dueCase,
  openApproval,
  statusOf,
} from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

const undo = (world: World, { email }: { email: string }, reason = 'Asked legal, who object') =>
  postForm(world, linkIdOf(world, email), { shown: '', action: 'undo', reason });

test.each([
  [ALEX, LEAVE],
  [SAM, LEAVE],
  [ALEX, DESTROY],
  [SAM, DESTROY],
] as const)(
  'each who was asked can take an irreversible decision back during its hold (%o, %o)',
  async (person, filled) => {
    const world = await openWorld();
    const { caseId, ...input } = await decidedCase(world, filled);
    expect((await openPage(world, linkIdOf(world, person.email))).body).toContain('Take this decision back');

    expect(await undo(world, person)).toMatchObject({ statusCode: 303 });

    const { outcome, timeline } = await caseIn(world, caseId, 'finished');
    expect(outcome).toMatchObject({ kind: 'undone', proof: { shown: 'getuserdata listed the account as disabled' } });
    expect(timeline.at(-1)).toMatchObject({
      code: 'decision-undone',
      facts: { by: person.email, reason: 'Asked legal, who object' },
    });
    const page = await openPage(world, linkIdOf(world, ALEX.email));
    expect(page.body).toContain('decision taken back');
    expect(page.body).not.toContain('name="action"');
    world.clock.advance({ seconds: world.holdSeconds + 1 });
    expect(await stepsOf(world).deleteAccount({ ...input, caseId })).toMatchObject({ route: 'finished' });
    expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
    expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
  },
);

test('the execution that wakes from the hold seals the case as undone, with who and why', async () => {
  const world = await openWorld();
  const { decisionId, ...input } = await decidedCase(world, DESTROY);
  await undo(world, SAM);
  world.clock.advance({ seconds: world.holdSeconds + 1 });
  await stepsOf(world).deleteAccount({ ...input, decisionId });

  const { evidenceKey, route } = await stepsOf(world).sealEvidence({ ...input, ending: {} });

  expect(route).toBe('tell');
  expect(JSON.parse(world.evidence.objects.get(evidenceKey) ?? '')).toMatchObject({
    status: 'finished',
    outcome: { kind: 'undone' },
    decision: { decisionId },
  });
  expect(world.evidence.objects.get(evidenceKey)).toContain('Asked legal, who object');
});

test('a second taking back is told that the first one came before', async () => {
  const world = await openWorld();
  const { caseId } = await decidedCase(world, LEAVE);
  await undo(world, SAM);
  const before = await world.dump();

  expect(await undo(world, ALEX)).toMatchObject({ statusCode: 409 });

  expect(await world.dump()).toBe(before);
  expect((await caseIn(world, caseId, 'finished')).timeline.at(-1)?.facts).toMatchObject({ by: SAM.email });
});

test('after the final gate has closed it is too late, which is said, and the effect is carried out', async () => {
  const world = await openWorld();
  const input = await committedCase(world, LEAVE);
  const before = await world.dump();

  const answer = await undo(world, SAM);

  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain('It was too late to take the decision back.');
  expect(await world.dump()).toBe(before);
  await stepsOf(world).deleteAccount(input);
  expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({ outcome: { kind: 'carried-out' } });
});

test('a hold that is over, but whose gate is still open, can yet be taken back', async () => {
  const world = await openWorld();
  const input = await dueCase(world, LEAVE);

  expect(await undo(world, SAM)).toMatchObject({ statusCode: 303 });

  expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });
  expect(world.simulator.directory.find(JANE)).toBeDefined();
});

test('a decision that is carried out at once has nothing to take back', async () => {
  const world = await openWorld();
  const { caseId } = await decidedCase(world, KEEP);
  const before = await world.dump();

  expect(await undo(world, SAM)).toMatchObject({ statusCode: 409 });

  expect(await statusOf(world, caseId)).toBe('decided');
  expect(await world.dump()).toBe(before);
});

test('there is nothing to take back where nobody has decided', async () => {
  const world = await openWorld();
  const { caseId, shown, linkId } = await openApproval(world);

  expect(await postForm(world, linkId, { shown, action: 'undo' })).toMatchObject({ statusCode: 422 });

  expect(await statusOf(world, caseId)).toBe('asked');
});

test('taking back needs a form of our own page, too', async () => {
  const world = await openWorld();
  const { caseId } = await decidedCase(world, LEAVE);
  const linkId = linkIdOf(world, SAM.email);
  const { answerApproval } = stepsOf(world);
  const body = 'shown=&action=undo';
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' };

  expect(await answerApproval({ method: 'POST', linkId, headers, body })).toMatchObject({ statusCode: 403 });
  expect(await postForm(world, linkId, { shown: '', action: 'redo' })).toMatchObject({ statusCode: 400 });

  expect(await statusOf(world, caseId)).toBe('decided');
});

test('a case that was taken back is not deleted by another decision id either', async () => {
  const world = await openWorld();
  const { caseId, executionArn } = await decidedCase(world, LEAVE);
  await undo(world, SAM);

  const run = stepsOf(world).deleteAccount({ caseId, executionArn, decisionId: 'forged' });

  expect(await errorName(run)).toBe('nothing failed');
  expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
  const again = await openWorld();
  await askedCase(again);
  expect(await undo(again, SAM)).toMatchObject({ statusCode: 422 });
});
