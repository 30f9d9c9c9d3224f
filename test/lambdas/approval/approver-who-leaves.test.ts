import { expect, test } from 'vitest';
import { recordVote } from '../../../lambdas/approval/record-vote.ts';
import { voteFromSlack } from '../../../lambdas/slack/slack-vote.ts';
import { requestApproval } from '../../../lambdas/steps/request-approval.ts';
import {
  codeOf,
  DESTROY,
  decideAs,
  KEEP,
  LEAVE,
  linkIdOf,
  openPage,
  postForm,
  shownOn,
} from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, disabledCase, SECOND, statusOf } from '../../case-at-status.ts';
import { NO_NEWS, NOT_PAUSED } from '../../example-people.ts';
import { errorName } from '../../failing-by-name.ts';
import { cancellation, someoneElseLeaves, terminationEvent } from '../../hr-events.ts';
import { configuredIn, requestApprovalDeps, stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

const MAX = { email: 'max.roe@example.com', displayName: 'Max Roe', role: 'legal' };
const RUTH = { email: 'ruth.ode@example.com', displayName: 'Ruth Ode', role: 'legal', absences: [] };

/** HR reports somebody as a leaver, whose last day is still to come unless said otherwise. */
async function report(world: World, workEmail: string, when: Record<string, unknown> = { immediate: true }) {
  const event = terminationEvent({
    employee: { id: workEmail, workEmail, displayName: 'Somebody Else' },
    metadata: { occurredAt: world.clock.now().toISOString() },
    data: when,
  });
  world.workflow.running.add(SECOND);
  const opened = await stepsOf(world).openCase({ executionArn: SECOND, event });
  world.clock.advance({ seconds: 1 });
  return opened;
}

const LATER = { immediate: undefined, lastWorkingMoment: '2026-12-31T17:00:00+01:00', timeZone: 'Europe/Berlin' };
const timelineOf = async (world: World, caseId: string) =>
  (await world.cases.find(caseId))?.timeline.map(({ code }) => code) ?? [];

test.each([
  ['at once', ALEX.email, { immediate: true }],
  ['for the end of the year', ALEX.email, LATER],
  ['in another case', 'Alex.Kim@Example.COM', LATER],
  ['under a tag', 'alex.kim+left@example.com', LATER],
])('an approver who is reported as a leaver %s loses their link in every case', async (_how, email, when) => {
  const world = await openWorld({ approvers: [ALEX, SAM, MAX] });
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));

  await report(world, email, when);

  const page = await openPage(world, linkId);
  expect(page.statusCode).toBe(410);
  expect(page.body).toContain('This link is closed');
  // Nobody learns from it that somebody leaves, nor whose case it was.
  expect(page.body).not.toMatch(/leav|HR|report|Jane/i);
  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  await caseIn(world, caseId, 'asked');
  expect(await decideAs(world, SAM.email, KEEP)).toMatchObject({ statusCode: 303 });
});

test('a code that was mailed before the report is worth nothing after it', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));
  await postForm(world, linkId, { shown, ...DESTROY });
  const code = codeOf(world, ALEX.email);
  await report(world, ALEX.email);

  expect(await postForm(world, linkId, { shown, ...DESTROY, step: 'code', code })).toMatchObject({ statusCode: 410 });

  expect((await caseIn(world, caseId, 'asked')).proposal).toBeUndefined();
});

test('a click in Slack of somebody who leaves decides nothing', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  await report(world, ALEX.email);
  const asked = await caseIn(world, caseId, 'asked');
  const vote = voteFromSlack({ asked, choice: '0', shownHash: 'hash', approver: ALEX }, world.clock.now());

  const recorded = await recordVote(
    { ...requestApprovalDeps(world), ...NO_NEWS, readBrake: NOT_PAUSED, holdSeconds: 900 },
    asked,
    vote,
  );

  expect(recorded).toEqual({ kind: 'refused', why: 'link closed' });
  await caseIn(world, caseId, 'asked');
});

test('the first of two approvals is void once its approver is reported', async () => {
  const world = await openWorld({ approvers: [ALEX, SAM, MAX] });
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);
  const sam = linkIdOf(world, SAM.email);
  expect((await openPage(world, sam)).body).toContain(DESTROY.reason);
  await report(world, ALEX.email);

  expect((await openPage(world, sam)).body).not.toContain(DESTROY.reason);
  expect(await decideAs(world, SAM.email, DESTROY)).toMatchObject({ statusCode: 200 });

  expect((await caseIn(world, caseId, 'asked')).proposal?.approver).toMatchObject(SAM);
  expect(await decideAs(world, MAX.email, DESTROY)).toMatchObject({ statusCode: 303 });
  const { decision } = await caseIn(world, caseId, 'decided');
  expect(decision.votes.map(({ approver }) => approver.email)).toEqual([SAM.email, MAX.email]);
  expect(await timelineOf(world, caseId)).toContain('first-approval-void');
});

test('nobody who leaves is asked, reminded, or stood in for, nor stands in', async () => {
  const world = await openWorld();
  await report(world, 'dana.fox+x@example.com', LATER);
  await report(world, SAM.email, LATER);
  const input = await disabledCase(world);
  const away = [{ from: '2026-11-20T00:00:00Z', until: '2026-11-28T00:00:00Z' }];
  const approvers = [
    { ...ALEX, absences: away, deputy: { email: 'dana.fox@example.com', displayName: 'Dana Fox' } },
    { ...SAM, absences: away, deputy: { email: 'otto.may@example.com', displayName: 'Otto May' } },
    { ...MAX, absences: [] },
  ];

  await requestApproval({
    ...requestApprovalDeps(world),
    configured: async () => ({ ...configuredIn(world), approvers }),
  })({
    ...input,
    taskToken: world.workflow.mintToken(),
  });

  expect(world.mailbox.sent.map(({ to }) => to)).toEqual([MAX.email]);
  const asking = (await caseIn(world, input.caseId, 'asked')).timeline.find(
    ({ code }) => code === 'approval-requested',
  );
  expect(asking).toMatchObject({ facts: { approvers: 1, excluded: 2 } });
});

test('whoever was asked as a deputy loses it when the approver whom they stand in for is reported', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const away = [{ from: '2026-11-20T00:00:00Z', until: '2026-11-28T00:00:00Z' }];
  const dana = { email: 'dana.fox@example.com', displayName: 'Dana Fox' };
  const approvers = [
    { ...ALEX, absences: away, deputy: dana },
    { ...SAM, absences: [] },
  ];
  await requestApproval({
    ...requestApprovalDeps(world),
    configured: async () => ({ ...configuredIn(world), approvers }),
  })({
    ...input,
    taskToken: world.workflow.mintToken(),
  });
  await decideAs(world, dana.email, DESTROY);

  await report(world, ALEX.email, LATER);

  expect(await openPage(world, linkIdOf(world, dana.email))).toMatchObject({ statusCode: 410 });
  expect(await decideAs(world, SAM.email, DESTROY)).toMatchObject({ statusCode: 200 });
  expect((await caseIn(world, input.caseId, 'asked')).proposal?.approver).toMatchObject(SAM);
});

test('reminders go to those who stay', async () => {
  const world = await openWorld();
  await askedCase(world);
  await report(world, ALEX.email, LATER);
  const before = world.mailbox.sent.length;
  world.clock.set('2026-11-23T15:00:00Z');

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ reminded: 1, nobodyLeft: 0 });

  expect(world.mailbox.sent.slice(before).map(({ to }) => to)).toEqual([SAM.email]);
});

test('when nobody of those who were asked is left the fallback approvers are asked at once, and operators hear', async () => {
  const world = await openWorld({ approvers: [ALEX], fallbackApprovers: [RUTH] });
  const { caseId } = await askedCase(world);
  await report(world, ALEX.email, LATER);

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ escalated: 1, nobodyLeft: 1 });

  expect(await decideAs(world, RUTH.email, KEEP)).toMatchObject({ statusCode: 303 });
  await caseIn(world, caseId, 'decided');
});

test('when the fallback approvers leave too, operators hear of it as long as it lasts', async () => {
  const world = await openWorld({ approvers: [ALEX], fallbackApprovers: [RUTH] });
  await askedCase(world);
  await report(world, ALEX.email, LATER);
  await stepsOf(world).chaseApprovals();
  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ nobodyLeft: 0 });
  await report(world, RUTH.email, LATER);

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ escalated: 0, nobodyLeft: 1 });
  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ escalated: 0, nobodyLeft: 1 });
});

test('a decision stands if all of its votes were cast before the report, but its approver cannot take it back', async () => {
  const world = await openWorld();
  const { caseId, executionArn, decisionId } = await decidedCase(world, DESTROY);
  const linkId = linkIdOf(world, ALEX.email);
  world.clock.advance({ seconds: 1 });
  await report(world, ALEX.email);

  expect(await postForm(world, linkId, { shown: 'a'.repeat(64), action: 'undo' })).toMatchObject({ statusCode: 410 });
  expect(await stepsOf(world).confirmDecision({ caseId, executionArn, isTimedOut: false })).toMatchObject({
    route: 'hold',
  });
  world.clock.advance({ seconds: world.holdSeconds + 1 });
  await stepsOf(world).deleteAccount({ caseId, executionArn, decisionId });
  await caseIn(world, caseId, 'finished');
});

test.each([KEEP, LEAVE, DESTROY])(
  'a decision for $choice with a vote from after the report is not carried out',
  async (chosen) => {
    const world = await openWorld();
    const { caseId, executionArn, decisionId } = await decidedCase(world, chosen);
    // As it would be if the report and the vote had crossed: reported first, seen by the vote's function too late.
    const votedAt = world.clock.now();
    world.clock.set(new Date(votedAt.getTime() - 1000).toISOString());
    await report(world, ALEX.email);
    world.clock.set(votedAt.toISOString());
    const steps = stepsOf(world);

    expect(await errorName(steps.confirmDecision({ caseId, executionArn, isTimedOut: false }))).toBe(
      'DecisionMissingError',
    );
    world.clock.advance({ seconds: world.holdSeconds + 1 });
    expect(await errorName(steps.deleteAccount({ caseId, executionArn, decisionId }))).toBe('DecisionMissingError');
    expect(await statusOf(world, caseId)).toBe('decided');
    expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
  },
);

test('who is no leaver any more, because HR took it back, decides again', async () => {
  const world = await openWorld();
  await askedCase(world);
  await report(world, ALEX.email, LATER);
  await stepsOf(world).openCase({
    executionArn: `${SECOND}-back`,
    event: cancellation({
      data: { employee: { id: ALEX.email } },
      metadata: { eventId: 'evt-back', occurredAt: world.clock.now().toISOString() },
    }),
  });

  expect(await decideAs(world, ALEX.email, KEEP)).toMatchObject({ statusCode: 303 });
});

test('an approver who leaves under another address is found by the name of their LastPass account', async () => {
  const world = await openWorld();
  const alex = 'jane.doe@example.com';
  await world.identities.set({
    ...{ hrAddress: 'alexandra@example.com', lastPassUsername: alex },
    ...{ setBy: 'operator@example.com', setAt: world.clock.now().toISOString() },
  });

  await askedCase(world, someoneElseLeaves('alexandra@example.com'));

  expect(await world.departures.of('Jane.Doe+x@example.com')).toBeDefined();
  expect(await world.departures.of(ALEX.email)).toBeUndefined();
});
