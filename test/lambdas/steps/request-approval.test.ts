import { expect, test } from 'vitest';
import { requestApproval } from '../../../lambdas/steps/request-approval.ts';
import { DESTROY, decideAs, KEEP, linkIdOf, openPage } from '../../approver-browser.ts';
import { askedCase, caseIn, committedCase, disabledCase, openedCase, SECOND } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { APPROVAL_TIMEOUT_SECONDS, BASE_URL, requestApprovalDeps, stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM } from '../../offboarding-world.ts';

const MAX = { email: 'max.muster@example.com', displayName: 'Max Muster', role: 'legal' };

test('each approver is sent a link of their own, once, and the case waits until the approval ends', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);

  expect(world.mailbox.sent.map(({ to }) => to)).toEqual([ALEX.email, SAM.email]);
  expect(linkIdOf(world, ALEX.email)).not.toBe(linkIdOf(world, SAM.email));
  const { approval } = await caseIn(world, caseId, 'asked');
  expect(Date.parse(approval.expiresAt) - Date.parse(approval.requestedAt)).toBe(APPROVAL_TIMEOUT_SECONDS * 1000);
  expect(approval.approvers.map(({ toldAt }) => toldAt)).toEqual([approval.requestedAt, approval.requestedAt]);
});

test('link ids hold 256 random bits, and no two are alike', async () => {
  const world = await openWorld();
  const approvers = Array.from({ length: 40 }, (_, index) => ({ ...ALEX, email: `approver.${index}@example.com` }));
  await askedCase({ ...world, approvers });

  const ids = approvers.map(({ email }) => linkIdOf(world, email));

  expect(new Set(ids).size).toBe(40);
  for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(32);
  // Every position varies: no part is a counter, a time or the case.
  for (let at = 0; at < 42; at += 1) expect(new Set(ids.map((id) => id[at])).size).toBeGreaterThan(8);
});

test('who reads the table finds no link, and the case holds no token', async () => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world);
  const taskToken = world.workflow.mintToken();
  await stepsOf(world).requestApproval({
    caseId,
    executionArn: (await caseIn(world, caseId, 'disabled')).executionArn,
    taskToken,
  });

  const items = (await world.dump()).split('\n');

  for (const { email } of [ALEX, SAM]) expect(items.join()).not.toContain(linkIdOf(world, email));
  expect(items.filter((item) => item.includes(taskToken)).map((item) => JSON.parse(item))).toEqual([
    expect.objectContaining({ pk: caseId, sk: expect.stringMatching(/^task-token-/), token: taskToken }),
  ]);
  expect(items.filter((item) => item.includes('"sk":"link"'))).toHaveLength(2);
});

test('the task token is kept before the first mail leaves', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const taskToken = world.workflow.mintToken();
  const keptBeforeMail: boolean[] = [];
  const step = requestApproval({
    ...requestApprovalDeps(world),
    mailer: {
      async send() {
        keptBeforeMail.push((await world.taskTokens.find(input.caseId, input.executionArn)) === taskToken);
      },
    },
  });

  await step({ ...input, taskToken });

  expect(keptBeforeMail).toEqual([true, true]);
});

test('a link is stored before it is sent, so that no mail leads nowhere', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const answers: number[] = [];
  const step = requestApproval({
    ...requestApprovalDeps(world),
    mailer: {
      async send(mail) {
        await world.mailbox.send(mail);
        answers.push((await openPage(world, linkIdOf(world, mail.to))).statusCode);
      },
    },
  });

  await step({ ...input, taskToken: world.workflow.mintToken() });

  expect(answers).toEqual([200, 200]);
});

test.each([JANE, 'Jane.Doe@Example.com', ` ${JANE}`])(
  'the leaver is never asked about their own account (%s)',
  async (email) => {
    const world = await openWorld({ approvers: [{ ...ALEX, email }, SAM] });

    const { caseId } = await askedCase(world);

    expect(world.mailbox.sent.map(({ to }) => to)).toEqual([SAM.email]);
    expect((await caseIn(world, caseId, 'asked')).approval.approvers).toMatchObject([{ email: SAM.email }]);
  },
);

test('the leaver is not asked under the address that LastPass has, either', async () => {
  const world = await openWorld({ approvers: [{ ...ALEX, email: 'jane.old@example.com' }, SAM] });
  const input = await disabledCase(world);
  const disabled = await caseIn(world, input.caseId, 'disabled');
  await world.cases.replace(disabled, {
    ...disabled,
    account: { ...disabled.account, username: 'jane.old@example.com' },
  });

  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });

  expect(world.mailbox.sent.map(({ to }) => to)).toEqual([SAM.email]);
});

test('with nobody left to ask the step fails and nobody is asked', async () => {
  const world = await openWorld({ approvers: [{ ...ALEX, email: JANE }] });
  const input = await disabledCase(world);

  const run = stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });

  expect(await errorName(run)).toBe('NobodyMayDecideError');
  expect(world.mailbox.sent).toEqual([]);
  await caseIn(world, input.caseId, 'disabled');
});

test('one mailbox that takes nothing does not keep the others from being asked', async () => {
  const world = await openWorld({ approvers: [ALEX, SAM, MAX] });
  world.mailbox.broken.add(SAM.email);

  const { caseId } = await askedCase(world);

  expect(world.mailbox.sent.map(({ to }) => to)).toEqual([ALEX.email, MAX.email]);
  const { approval } = await caseIn(world, caseId, 'asked');
  expect(approval.approvers.map(({ toldAt }) => toldAt !== undefined)).toEqual([true, false, true]);
});

test('when no mailbox takes anything the step fails, and the next run asks those who were not told', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  for (const { email } of [ALEX, SAM]) world.mailbox.broken.add(email);
  const first = stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });
  expect(await errorName(first)).toBe('ApproversNotToldError');

  world.mailbox.broken.clear();
  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });

  expect(world.mailbox.sent.map(({ to }) => to)).toEqual([ALEX.email, SAM.email]);
});

test('a second run keeps the new token, mails nobody twice, and the first link still decides', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  const newToken = world.workflow.mintToken();

  await stepsOf(world).requestApproval({ ...input, taskToken: newToken });
  await decideAs(world, ALEX.email, KEEP);

  expect(world.mailbox.sent).toHaveLength(2);
  expect(world.workflow.signals).toMatchObject([{ taskToken: newToken }]);
});

test.each([
  ['before', 1],
  ['after', 1],
  ['before', 2],
  ['after', 2],
  ['before', 3],
  ['after', 3],
] as const)('a crash %s write %i leaves nobody out: the next run asks the rest', async (when, write) => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write }) });
  const crash = crashing.requestApproval({ ...input, taskToken: world.workflow.mintToken() });
  await expect(crash).rejects.toThrow(CrashError);
  const taskToken = world.workflow.mintToken();

  await stepsOf(world).requestApproval({ ...input, taskToken });

  expect(new Set(world.mailbox.sent.map(({ to }) => to))).toEqual(new Set([ALEX.email, SAM.email]));
  await decideAs(world, SAM.email, KEEP);
  expect(world.workflow.signals).toMatchObject([{ taskToken }]);
});

test('a decision made while the step was being repeated is signalled to the new token', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  const newToken = world.workflow.mintToken();
  await decideAs(world, ALEX.email, KEEP);
  expect(world.workflow.signals).toEqual([]);

  await stepsOf(world).requestApproval({ ...input, taskToken: newToken });

  expect(world.workflow.signals).toMatchObject([{ taskToken: newToken }]);
});

test('a decision made between reading the case and keeping the new token is signalled to the new token', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  const newToken = world.workflow.mintToken();
  const step = requestApproval({
    ...requestApprovalDeps(world),
    taskTokens: {
      async keep(waiting) {
        await decideAs(world, ALEX.email, KEEP);
        await world.taskTokens.keep(waiting);
      },
    },
  });

  await step({ ...input, taskToken: newToken });

  expect(world.workflow.signals).toMatchObject([{ taskToken: newToken }]);
});

test('a superseded execution neither replaces the token nor mails anybody', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const before = await world.dump();

  const run = stepsOf(world).requestApproval({ caseId, executionArn: SECOND, taskToken: world.workflow.mintToken() });

  expect(await errorName(run)).toBe('SupersededError');
  expect(await world.dump()).toBe(before);
  expect(world.mailbox.sent).toHaveLength(2);
});

test('nobody is asked about an account that is not disabled, or once the effect is being carried out', async () => {
  const world = await openWorld();
  const opened = await openedCase(world);
  const early = stepsOf(world).requestApproval({ ...opened, taskToken: 'token' });
  expect(await errorName(early)).toBe('CaseOutOfOrderError');

  const late = await openWorld();
  const committed = await committedCase(late, DESTROY);
  const afterwards = stepsOf(late).requestApproval({ ...committed, taskToken: 'token' });
  expect(await errorName(afterwards)).toBe('CaseOutOfOrderError');
});

test('the link in the mail leads to the page below the configured origin', async () => {
  const world = await openWorld();
  await askedCase(world);

  expect(world.mailbox.to(ALEX.email)[0]?.text).toContain(`${BASE_URL}/approvals/${linkIdOf(world, ALEX.email)}`);
});
