import { expect, test } from 'vitest';
import { undoDecision } from '../../../lambdas/approval/undo-decision.ts';
import type { DecisionNews } from '../../../lambdas/domain/decision-news.ts';
import { DESTROY, decideAs, KEEP, LEAVE, linkIdOf, openPage, postForm, REINSTATE } from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, SECOND } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { byOperator, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World, type WorldOptions } from '../../offboarding-world.ts';

const OPERATOR = 'operations@example.com';
const MAX = { email: 'max.roe@example.com', displayName: 'Max Roe', role: 'legal' };

const HELD = /^Can still be stopped: /;
const TAKEN_BACK = /^Taken back: /;
const REINSTATING = /^Access is given back/;

/** Three approvers, operators and Slack, which notes what it was told. */
async function listening(options: WorldOptions = {}) {
  const inSlack: DecisionNews['kind'][] = [];
  const tellInSlack = async ({ kind }: DecisionNews) => inSlack.push(kind) > 0;
  const world = await openWorld({ approvers: [ALEX, SAM, MAX], operatorEmail: OPERATOR, tellInSlack, ...options });
  return { world, inSlack };
}

const heard = ({ mailbox }: World, subject: RegExp) =>
  mailbox.sent
    .filter((mail) => subject.test(mail.subject))
    .map(({ to }) => to)
    .sort();

const EVERYBODY = [ALEX.email, MAX.email, OPERATOR, SAM.email].sort();
const chase = (world: World) => stepsOf(world).chaseApprovals();
const undo = (world: World, { email }: { email: string }) =>
  postForm(world, linkIdOf(world, email), { shown: '', action: 'undo', reason: 'Legal object' });

test.each([LEAVE, DESTROY])(
  'an irreversible decision is told at once to everybody asked, operators and Slack (%o)',
  async (filled) => {
    const { world, inSlack } = await listening();

    const { caseId } = await decidedCase(world, filled);

    expect(heard(world, HELD)).toEqual(EVERYBODY);
    expect(inSlack).toEqual(['held']);
    const text = (to: string) => world.mailbox.to(to).findLast(({ subject }) => HELD.test(subject))?.text ?? '';
    expect(text(OPERATOR)).toContain(`offboard undo ${caseId}`);
    expect(text(OPERATOR)).not.toContain('/approvals/');
    for (const { email } of [ALEX, SAM, MAX]) expect(text(email)).toContain('/approvals/');
    expect(text(MAX.email)).toContain('Alex Kim and Sam Lee decided: ');
  },
);

test('the link in that mail leads each to the way back', async () => {
  const { world } = await listening();
  const { caseId } = await decidedCase(world, DESTROY);

  expect((await openPage(world, linkIdOf(world, MAX.email))).body).toContain('Take this decision back');
  expect(await undo(world, MAX)).toMatchObject({ statusCode: 303 });

  expect(await caseIn(world, caseId, 'finished')).toMatchObject({ outcome: { kind: 'undone' } });
});

test('under the guide, where 0 cannot be undone, that is told too', async () => {
  const { world } = await listening({ contract: 'guide' });
  await decidedCase(world, { ...LEAVE, choice: '0' });
  expect(heard(world, HELD)).toEqual(EVERYBODY);
});

test('what keeps an account disabled is no news', async () => {
  const { world, inSlack } = await listening();
  await decidedCase(world, KEEP);
  await chase(world);
  expect([...heard(world, HELD), ...heard(world, REINSTATING), ...inSlack]).toEqual([]);
});

test('a first of two approvals is told as one, not as a decision', async () => {
  const { world } = await listening();
  await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);
  expect(heard(world, HELD)).toEqual([]);
});

test('reinstating is told at once to every other approver, with what to do if it is not right', async () => {
  const { world } = await listening();

  await decidedCase(world, REINSTATE);

  expect(heard(world, REINSTATING)).toEqual([MAX.email, SAM.email].sort());
  const { text = '' } = world.mailbox.to(SAM.email).at(-1) ?? {};
  expect(text).toContain('Alex Kim decided: Reinstate the account.');
  expect(text).toContain('Disable the account at once in the LastPass Admin Console');
});

test('that a decision was taken back on the page is told at once, the others and who did it included', async () => {
  const { world, inSlack } = await listening();
  await decidedCase(world, DESTROY);

  await undo(world, SAM);

  expect(heard(world, TAKEN_BACK)).toEqual(EVERYBODY);
  expect(inSlack).toEqual(['held', 'taken-back']);
  const { text = '' } = world.mailbox.to(ALEX.email).at(-1) ?? {};
  expect(text).toContain('Legal object');
});

/** As `offboard undo` does it: it mails nobody. */
async function undoneByOperator(world: World, caseId: string) {
  const planNews = (news: DecisionNews) => world.news.plan(news, world.clock.now().toISOString());
  await undoDecision({ cases: world.cases, planNews, now: world.clock.now }, caseId, {
    by: OPERATOR,
    reason: 'Wrong person',
  });
}

test('what an operator took back is told by the next chase, once', async () => {
  const { world } = await listening();
  const { caseId } = await decidedCase(world, DESTROY);
  await undoneByOperator(world, caseId);
  expect(heard(world, TAKEN_BACK)).toEqual([]);

  expect(await chase(world)).toMatchObject({ news: 1 });
  expect(await chase(world)).toMatchObject({ news: 0 });

  expect(heard(world, TAKEN_BACK)).toEqual(EVERYBODY);
});

/** As `offboard reopen` puts it on the bus. */
function reopening(caseId: string) {
  const event = byOperator(terminationEvent());
  const data = { caseId, reason: 'Asked again by audit' };
  return { ...event, 'detail-type': 'Employee Termination Reopened', detail: { ...event.detail, data } };
}

test('it is told also when the case was taken up again before', async () => {
  const { world } = await listening();
  const { caseId } = await decidedCase(world, DESTROY);
  await undoneByOperator(world, caseId);
  world.workflow.running.add(SECOND);
  await stepsOf(world).openCase({ executionArn: SECOND, event: reopening(caseId) });
  await caseIn(world, caseId, 'opened');

  await chase(world);

  expect(heard(world, TAKEN_BACK)).toEqual(EVERYBODY);
});

test('a mailbox that refuses undoes no decision: the others hear, and it is tried again, without a second mail to them', async () => {
  const { world } = await listening();
  world.mailbox.broken.add(MAX.email);
  const { caseId } = await decidedCase(world, DESTROY);
  await caseIn(world, caseId, 'decided');
  expect(heard(world, HELD)).toEqual([ALEX.email, OPERATOR, SAM.email].sort());
  const faults: string[] = [];

  const chaseWith = () => stepsOf(world, { onNewsFault: (id) => faults.push(id) }).chaseApprovals();
  await chaseWith();
  expect(faults).toEqual([caseId]);
  world.mailbox.broken.clear();
  await chaseWith();
  await chaseWith();

  expect(heard(world, HELD)).toEqual(EVERYBODY);
});

test('Slack that is away is told later, and nobody is mailed twice for it', async () => {
  let isAway = true;
  const { world } = await listening({ tellInSlack: async () => !isAway });
  const { caseId } = await decidedCase(world, DESTROY);
  const { decision } = await caseIn(world, caseId, 'decided');
  const record = () => world.news.find({ kind: 'held', caseId, decision });
  expect(await record()).toMatchObject({ status: 'news-due', untold: ['Slack'] });

  isAway = false;
  await chase(world);

  expect(await record()).toMatchObject({ status: 'news-over', untold: [] });
  expect(heard(world, HELD)).toEqual(EVERYBODY);
});

test('a crash between the record and the mails loses nothing: the chase tells them', async () => {
  const { world } = await listening();
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);
  // The function dies with the decision written: it signals nobody and mails nobody.
  const cases = crashingStore(world.cases, { when: 'after', write: 1 });
  await expect(decideAs(world, SAM.email, DESTROY, { cases })).rejects.toThrow(CrashError);
  await caseIn(world, caseId, 'decided');
  expect(heard(world, HELD)).toEqual([]);

  await chase(world);
  expect(heard(world, HELD)).toEqual([]);
  world.clock.advance({ seconds: 61 });
  await chase(world);

  expect(heard(world, HELD)).toEqual(EVERYBODY);
});

test('news of a decision that was never recorded is told to nobody', async () => {
  const { world } = await listening();
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);
  const cases = crashingStore(world.cases, { when: 'before', write: 1 });
  await expect(decideAs(world, SAM.email, DESTROY, { cases })).rejects.toThrow(CrashError);
  await caseIn(world, caseId, 'asked');

  for (let run = 0; run < 4; run += 1) {
    world.clock.advance({ seconds: 300 });
    await chase(world);
  }

  expect(heard(world, HELD)).toEqual([]);
  expect(await world.news.due()).toEqual([]);
});

test('a decision that was taken back before everybody had heard of it is told as taken back only', async () => {
  const { world } = await listening();
  world.mailbox.broken.add(MAX.email);
  await decidedCase(world, DESTROY);
  await undo(world, SAM);
  world.mailbox.broken.clear();
  world.clock.advance({ seconds: 300 });

  await chase(world);

  expect(world.mailbox.to(MAX.email).filter(({ subject }) => HELD.test(subject))).toEqual([]);
  expect(heard(world, TAKEN_BACK)).toEqual(EVERYBODY);
});

test.each([1, 2, 3, 4])('of many who take back at once, the one on record is named to everybody (%i)', async () => {
  const { world } = await listening();
  const { caseId } = await decidedCase(world, DESTROY);

  await Promise.all([ALEX, SAM, MAX].map((person) => undo(world, person)));
  await chase(world);

  const { takenBack = [] } = await caseIn(world, caseId, 'finished');
  expect(takenBack).toHaveLength(1);
  expect(heard(world, TAKEN_BACK)).toEqual(EVERYBODY);
  const who = [ALEX, SAM, MAX].find(({ email }) => email === takenBack[0]?.by);
  for (const { text } of world.mailbox.sent.filter(({ subject }) => TAKEN_BACK.test(subject))) {
    expect(text.replace(/\s+/g, ' ')).toContain(`${who?.displayName} took back what`);
  }
});

test('twenty chases at once tell everybody once', async () => {
  const { world } = await listening();
  const { caseId } = await decidedCase(world, DESTROY);
  await undoneByOperator(world, caseId);

  await Promise.all(Array.from({ length: 20 }, () => chase(world)));

  expect(heard(world, TAKEN_BACK)).toEqual(EVERYBODY);
});

test('the leaver is never told, whatever way their address is written, nor an operator who leaves', async () => {
  const alias = { email: 'Jane.Doe+admin@example.com', displayName: 'Jane Doe', role: 'it' };
  const { world } = await listening({ operatorEmail: 'jane.doe+alarms@example.com' });
  const { caseId } = await askedCase(world);
  // As an older version may have asked.
  const asked = await caseIn(world, caseId, 'asked');
  const approvers = [...asked.approval.approvers, alias, { ...alias, email: JANE }];
  await world.cases.replace(asked, { ...asked, approval: { ...asked.approval, approvers } });

  await decideAs(world, ALEX.email, DESTROY);
  await decideAs(world, SAM.email, DESTROY);

  expect(heard(world, HELD)).toEqual([ALEX.email, MAX.email, SAM.email].sort());
});
