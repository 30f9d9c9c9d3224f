import { expect, test } from 'vitest';
import { DESTROY, decideAs, KEEP, LEAVE, linkIdOf, openPage, postForm, shownOn } from '../../approver-browser.ts';
import { askedCase, caseIn, openApproval } from '../../case-at-status.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

const MAX = { email: 'max.roe@example.com', displayName: 'Max Roe', role: 'Security ' };
const REASON = DESTROY.reason ?? '';

const trio = () => openWorld({ approvers: [ALEX, SAM, MAX] });
const newestTo = (world: World, { email }: { email: string }) =>
  world.mailbox.to(email).findLast(({ subject }) => !subject.startsWith('Your code'));

test('the first of two approvals decides nothing, and says so', async () => {
  const world = await trio();
  const { caseId } = await askedCase(world);

  const answer = await decideAs(world, ALEX.email, DESTROY);

  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('Nothing is decided yet.');
  const { proposal } = await caseIn(world, caseId, 'asked');
  expect(proposal).toMatchObject({
    choice: '2',
    approver: ALEX,
    reason: REASON,
    stepUp: 'code',
    attestsTransfer: true,
  });
  expect(world.workflow.signals).toEqual([]);
});

test('the others are told what was chosen and why, each by a link of their own, and the proposer is not', async () => {
  const world = await trio();
  await askedCase(world);

  await decideAs(world, ALEX.email, DESTROY);

  expect(newestTo(world, SAM)?.subject).toMatch(/^Second approval wanted: /);
  expect(newestTo(world, MAX)?.subject).toMatch(/^First approval recorded: /);
  for (const other of [SAM, MAX]) {
    expect(newestTo(world, other)?.text).toContain(ALEX.displayName);
    expect(newestTo(world, other)?.text).toContain(REASON);
  }
  expect(newestTo(world, ALEX)?.subject).not.toMatch(/First approval recorded/);
  expect(linkIdOf(world, SAM.email)).not.toBe(linkIdOf(world, MAX.email));
});

test('one bad mailbox does not keep the others from hearing of a first approval', async () => {
  const world = await trio();
  await askedCase(world);
  world.mailbox.broken.add(SAM.email);

  expect(await decideAs(world, ALEX.email, DESTROY)).toMatchObject({ statusCode: 200 });

  expect(newestTo(world, MAX)?.subject).toMatch(/^First approval recorded: /);
});

test('the page of the second approver shows what the first one chose and why', async () => {
  const world = await trio();
  await askedCase(world);
  const linkId = linkIdOf(world, SAM.email);
  expect((await openPage(world, linkId)).body).not.toContain(REASON);

  await decideAs(world, ALEX.email, DESTROY);

  const { body } = await openPage(world, linkId);
  expect(body).toContain('The first of two approvals is on record: yours can be the second');
  expect(body).toContain(`${ALEX.displayName}, ${ALEX.role}`);
  expect(body).toContain(REASON);
});

test('a page from before the first approval cannot give the second: it did not show it', async () => {
  const world = await trio();
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, SAM.email);
  const shown = shownOn(await openPage(world, linkId));
  await decideAs(world, ALEX.email, DESTROY);

  const answer = await postForm(world, linkId, { shown, ...DESTROY });

  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('The facts have changed');
  await caseIn(world, caseId, 'asked');
});

test.each([
  ['the same person', ALEX, 'You have approved this already.'],
  ['somebody in the same role, however it is written', MAX, 'The first approval came from your own role.'],
])('%s cannot give both approvals, and is not even sent a code', async (_who, person, words) => {
  const world = await trio();
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);
  const before = await world.dump();
  const mails = world.mailbox.sent.length;

  const answer = await decideAs(world, person.email, DESTROY);

  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain(words);
  expect(await world.dump()).toBe(before);
  expect(world.mailbox.sent).toHaveLength(mails);
  expect((await caseIn(world, caseId, 'asked')).proposal?.approver).toMatchObject(ALEX);
});

test('a role is the same however the first approver’s is written, too', async () => {
  const world = await trio();
  await askedCase(world);
  await decideAs(world, MAX.email, DESTROY);

  expect(await decideAs(world, ALEX.email, DESTROY)).toMatchObject({ statusCode: 409 });
});

test('two who agree in different roles decide, and both stand in the record with what they vouched for', async () => {
  const world = await trio();
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);

  expect(await decideAs(world, SAM.email, { ...DESTROY, reason: 'Agreed with security' })).toMatchObject({
    statusCode: 303,
  });

  const { decision } = await caseIn(world, caseId, 'decided');
  expect(decision.votes).toMatchObject([
    { approver: ALEX, reason: REASON, attestsTransfer: true, stepUp: 'code' },
    { approver: SAM, reason: 'Agreed with security', attestsTransfer: true, stepUp: 'code' },
  ]);
  expect(world.workflow.signals).toHaveLength(1);
});

test.each([
  ['keeping', KEEP],
  ['leaving the vault', LEAVE],
])(
  'a second approver who chooses otherwise (%s) decides nothing: everybody is told and chooses again',
  async (_what, otherwise) => {
    const world = await trio();
    const { caseId } = await askedCase(world);
    await decideAs(world, ALEX.email, DESTROY);

    const answer = await decideAs(world, SAM.email, otherwise);

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('the two approvals differ');
    const { proposal, timeline } = await caseIn(world, caseId, 'asked');
    expect(proposal).toBeUndefined();
    expect(timeline.at(-1)).toMatchObject({
      code: 'approvers-disagreed',
      facts: { approver: SAM.email },
    });
    for (const person of [ALEX, SAM, MAX]) {
      expect(newestTo(world, person)?.subject).toMatch(/^Not decided, choose again: /);
      expect(newestTo(world, person)?.text).toContain(REASON);
    }
    expect(world.workflow.signals).toEqual([]);
  },
);

test('after a disagreement any choice starts afresh, and one that needs one approval decides', async () => {
  const world = await trio();
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);
  await decideAs(world, SAM.email, KEEP);

  expect(await decideAs(world, SAM.email, DESTROY)).toMatchObject({ statusCode: 200 });
  expect((await caseIn(world, caseId, 'asked')).proposal?.approver).toMatchObject(SAM);
  expect(await decideAs(world, MAX.email, DESTROY)).toMatchObject({ statusCode: 303 });
});

test('whoever gave the first approval may still choose otherwise, which is no disagreement', async () => {
  const world = await trio();
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);

  expect(await decideAs(world, ALEX.email, KEEP)).toMatchObject({ statusCode: 303 });

  const { decision } = await caseIn(world, caseId, 'decided');
  expect(decision).toMatchObject({ choice: '0', votes: [{ approver: ALEX, choice: '0' }] });
});

test('a first approval given under another contract counts for nothing', async () => {
  const world = await trio();
  const { caseId } = await askedCase(world);
  const guide: World = { ...world, contract: 'guide' };
  await decideAs(guide, ALEX.email, DESTROY);

  expect(await decideAs(world, SAM.email, DESTROY)).toMatchObject({ statusCode: 200 });

  expect((await caseIn(world, caseId, 'asked')).proposal?.approver).toMatchObject(SAM);
});

test('a first approval ends with the question: silence never deletes', async () => {
  const world = await trio();
  const input = await openApproval(world);
  await decideAs(world, ALEX.email, DESTROY);
  world.clock.advance({ seconds: 8 * 86_400 });

  await stepsOf(world).confirmDecision({ ...input, isTimedOut: true });

  expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({ outcome: { kind: 'approval-expired' } });
  expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
});
