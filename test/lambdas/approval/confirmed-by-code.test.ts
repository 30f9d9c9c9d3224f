import { expect, test } from 'vitest';
import {
  codeOf,
  DESTROY,
  decideAs,
  KEEP,
  LEAVE,
  linkIdOf,
  openPage,
  postForm,
  REINSTATE,
  shownOn,
} from '../../approver-browser.ts';
import { askedCase, caseIn, openApproval, statusOf } from '../../case-at-status.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

const codes = (world: World, { email }: { email: string }) =>
  world.mailbox.to(email).filter(({ subject }) => subject.startsWith('Your code'));

/** Alex's form with what needs a code, sent once, so that it is on its way. Reinstating takes one approver's. */
async function codeSent(world: World, filled = REINSTATE) {
  const open = await openApproval(world);
  const { linkId, shown } = open;
  const answer = await postForm(world, linkId, { shown, ...filled });
  const enter = (code: string, changed = {}) =>
    postForm(world, linkId, { shown, ...filled, step: 'code', code, ...changed });
  return { ...open, answer, enter };
}

/** A code of six digits that is not the right one. */
const wrongFor = (code: string, by = 1) => String((Number(code.replace(/\D/g, '')) + by) % 1_000_000).padStart(6, '0');

test.each([REINSTATE, LEAVE, DESTROY])(
  'the form alone decides nothing that gives access or cannot be undone: it has a code mailed (%o)',
  async (filled) => {
    const world = await openWorld();

    const { caseId, answer } = await codeSent(world, filled);

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Nothing is decided yet.');
    expect(codes(world, ALEX)).toHaveLength(1);
    expect(codes(world, SAM)).toHaveLength(0);
    expect(await caseIn(world, caseId, 'asked')).not.toHaveProperty('proposal');
    expect(world.workflow.signals).toEqual([]);
  },
);

test('keeping the account disabled needs no code', async () => {
  const world = await openWorld();
  await askedCase(world);

  expect(await decideAs(world, ALEX.email, KEEP)).toMatchObject({ statusCode: 303 });
  expect(codes(world, ALEX)).toEqual([]);
});

test('neither the page nor the table tells the code', async () => {
  const world = await openWorld();
  const { answer } = await codeSent(world);
  const code = codeOf(world, ALEX.email).replace(/\D/g, '');

  expect(answer.body.replaceAll(' ', '')).not.toContain(code);
  expect(await world.dump()).not.toContain(`"${code}"`);
});

test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('"%s" is no code and decides nothing', async (code) => {
  const world = await openWorld();
  const { caseId, enter } = await codeSent(world);

  expect(await enter(code)).toMatchObject({ statusCode: 422 });

  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await enter(codeOf(world, ALEX.email))).toMatchObject({ statusCode: 303 });
});

test('after five wrong codes the right one decides nothing either, and another one has to be sent', async () => {
  const world = await openWorld();
  const { caseId, enter, linkId, shown } = await codeSent(world);
  const code = codeOf(world, ALEX.email);

  for (let by = 1; by <= 5; by += 1) expect(await enter(wrongFor(code, by))).toMatchObject({ statusCode: 422 });
  const late = await enter(code);

  expect(late.statusCode).toBe(422);
  expect(late.body).toContain('All tries of this code are used up');
  expect(await statusOf(world, caseId)).toBe('asked');
  await postForm(world, linkId, { shown, ...REINSTATE, step: 'send-code' });
  expect(await enter(codeOf(world, ALEX.email))).toMatchObject({ statusCode: 303 });
});

test.each([
  ['another reason', { reason: 'Something else altogether' }],
  ['another choice', { choice: '2' }],
])('a code confirms what it was sent for, and not %s', async (_what, changed) => {
  const world = await openWorld();
  const { caseId, enter } = await codeSent(world, LEAVE);

  const answer = await enter(codeOf(world, ALEX.email), changed);

  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('sent for another decision');
  expect(await caseIn(world, caseId, 'asked')).not.toHaveProperty('proposal');
});

test('a code that was mailed to one approver confirms nothing on the link of another', async () => {
  const world = await openWorld();
  const { caseId } = await codeSent(world);
  const linkId = linkIdOf(world, SAM.email);
  const shown = shownOn(await openPage(world, linkId));
  await postForm(world, linkId, { shown, ...LEAVE });

  const answer = await postForm(world, linkId, { shown, ...LEAVE, step: 'code', code: codeOf(world, ALEX.email) });

  expect(answer.statusCode).toBe(422);
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('facts that change between the form and its code are shown before anything is decided', async () => {
  const world = await openWorld();
  const { caseId, enter } = await codeSent(world);
  const asked = await caseIn(world, caseId, 'asked');
  await world.cases.replace(asked, { ...asked, account: { ...asked.account, isAdmin: true } });

  const answer = await enter(codeOf(world, ALEX.email));

  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('The facts have changed');
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a code works for ten minutes and not a moment longer', async () => {
  const world = await openWorld();
  const { caseId, enter } = await codeSent(world);
  world.clock.advance({ seconds: 600 });

  expect((await enter(codeOf(world, ALEX.email))).body).toContain('no longer valid');
  expect(await statusOf(world, caseId)).toBe('asked');

  world.clock.advance({ ms: -1 });
  expect(await enter(codeOf(world, ALEX.email))).toMatchObject({ statusCode: 303 });
});

test('a used code confirms nothing a second time', async () => {
  const world = await openWorld({ approvers: [ALEX, SAM] });
  const { caseId, enter } = await codeSent(world, DESTROY);
  const code = codeOf(world, ALEX.email);
  await enter(code);
  await decideAs(world, SAM.email, KEEP);
  const before = await world.dump();

  // Both approvals are gone after a disagreement, so the facts on the first page hold again.
  const answer = await enter(code);

  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('used already');
  expect(await caseIn(world, caseId, 'asked')).not.toHaveProperty('proposal');
  expect(await world.dump()).toBe(before);
});

test('when the mail with the code cannot be sent, that is said, and nothing is decided', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  world.mailbox.broken.add(ALEX.email);

  const answer = await postForm(world, linkId, { shown, ...LEAVE });

  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('The mail could not be sent');
  expect(await statusOf(world, caseId)).toBe('asked');
});

test.each(Array.from({ length: 8 }, (_, index) => index))(
  'of two approvers who enter their codes in the same moment one decides, and the other is told who (%i)',
  async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    const forms = await Promise.all(
      [ALEX, SAM].map(async ({ email }) => {
        const linkId = linkIdOf(world, email);
        const fields = { shown: shownOn(await openPage(world, linkId)), ...REINSTATE };
        await postForm(world, linkId, fields);
        return { linkId, fields: { ...fields, step: 'code', code: codeOf(world, email) } };
      }),
    );

    const answers = await Promise.all(forms.map(({ linkId, fields }) => postForm(world, linkId, fields)));

    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
    const { decision } = await caseIn(world, caseId, 'decided');
    const winner = answers[0]?.statusCode === 303 ? ALEX : SAM;
    expect(decision.approver).toMatchObject(winner ?? {});
    expect(answers.find(({ statusCode }) => statusCode === 409)?.body).toContain(`${winner.displayName} decided`);
    expect(world.workflow.signals).toHaveLength(1);
  },
);
