import { expect, test } from 'vitest';
import type { AskedApprover } from '../../../lambdas/domain/offboarding-case.ts';
import { DESTROY, decideAs, KEEP, linkIdOf } from '../../approver-browser.ts';
import { askedCase, caseIn, disabledCase } from '../../case-at-status.ts';
import { someoneElseLeaves, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

const HOUR = 3600;
const RUTH = { email: 'ruth.ode@example.com', displayName: 'Ruth Ode', role: 'legal', absences: [] };
const NOTHING = { signalled: 0, ended: 0, news: 0, reminded: 0, escalated: 0, nobodyLeft: 0, overdue: 0 };

/** Asked on a Monday morning, so that reminders fall into working hours unless a test says otherwise. */
async function askedOnMonday(world: World, event?: unknown) {
  world.clock.set('2026-11-23T09:30:00.000Z');
  return askedCase(world, event);
}

const mailsTo = (world: World, { email }: { email: string }) => world.mailbox.to(email).length;
const sentTo = (approvers: readonly AskedApprover[], { email }: { email: string }) =>
  approvers.find((one) => one.email === email)?.remindersSent ?? 0;

test('after four hours everybody who was asked is reminded by a link of their own, and only once', async () => {
  const world = await openWorld();
  const { caseId } = await askedOnMonday(world);
  const { chaseApprovals } = stepsOf(world);
  world.clock.advance({ seconds: 4 * HOUR - 1 });
  expect(await chaseApprovals()).toEqual({ ...NOTHING, oldestUndecidedSeconds: 4 * HOUR - 1 });

  world.clock.advance({ seconds: 1 });
  expect(await chaseApprovals()).toEqual({ ...NOTHING, reminded: 2, oldestUndecidedSeconds: 4 * HOUR });
  const before = await world.dump();
  expect(await chaseApprovals()).toMatchObject({ reminded: 0 });

  expect(await world.dump()).toBe(before);
  expect([mailsTo(world, ALEX), mailsTo(world, SAM)]).toEqual([2, 2]);
  const { approval, timeline } = await caseIn(world, caseId, 'asked');
  expect(approval.approvers.map(({ remindersSent }) => remindersSent)).toEqual([1, 1]);
  expect(timeline.filter(({ code }) => code === 'approver-reminded')).toHaveLength(2);
  expect(await decideAs(world, SAM.email, KEEP)).toMatchObject({ statusCode: 303 });
});

test('nobody is reminded at night or at a weekend, by their own clock', async () => {
  const tokyo = { ...SAM, timeZone: 'Asia/Tokyo' };
  const world = await openWorld({ approvers: [{ ...ALEX, timeZone: 'Europe/Berlin' }, tokyo] });
  const { chaseApprovals } = stepsOf(world);
  // Friday, 11:00 in Berlin and 19:00 in Tokyo.
  world.clock.set('2026-11-20T10:00:00.000Z');
  await askedCase(world);

  world.clock.set('2026-11-20T14:00:00.000Z');
  expect(await chaseApprovals()).toMatchObject({ reminded: 1 });
  expect([mailsTo(world, ALEX), mailsTo(world, SAM)]).toEqual([2, 1]);

  world.clock.set('2026-11-22T23:59:59.000Z');
  expect(await chaseApprovals()).toMatchObject({ reminded: 0 });
  // Monday, nine o'clock in Tokyo.
  world.clock.set('2026-11-23T00:00:00.000Z');
  expect(await chaseApprovals()).toMatchObject({ reminded: 1 });
  expect([mailsTo(world, ALEX), mailsTo(world, SAM)]).toEqual([2, 2]);
});

test('after a long pause one reminder goes out, not all that were missed', async () => {
  const world = await openWorld();
  await askedOnMonday(world);
  world.clock.advance({ seconds: 53 * HOUR });

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ reminded: 2 });

  expect([mailsTo(world, ALEX), mailsTo(world, SAM)]).toEqual([2, 2]);
});

test('whoever gave the first approval is not reminded; the others are, of what is on record', async () => {
  const world = await openWorld();
  await askedOnMonday(world);
  await decideAs(world, ALEX.email, DESTROY);
  const mails = mailsTo(world, ALEX);
  world.clock.advance({ seconds: 4 * HOUR });

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ reminded: 1 });

  expect(mailsTo(world, ALEX)).toBe(mails);
  expect(world.mailbox.to(SAM.email).at(-1)?.text).toContain(DESTROY.reason);
});

test('a decided case is reminded of no more, nor one whose time is over', async () => {
  const world = await openWorld();
  await askedOnMonday(world);
  await decideAs(world, ALEX.email, KEEP);
  world.clock.advance({ seconds: 30 * HOUR });
  expect(await stepsOf(world).chaseApprovals()).toEqual({ ...NOTHING, oldestUndecidedSeconds: 0 });

  const other = await openWorld();
  const { caseId } = await askedOnMonday(other);
  other.clock.set((await caseIn(other, caseId, 'asked')).approval.expiresAt);
  expect(await stepsOf(other).chaseApprovals()).toEqual({ ...NOTHING, oldestUndecidedSeconds: 0 });
  expect(other.mailbox.sent).toHaveLength(2);
});

test('one bad mailbox keeps neither the others from being reminded nor the fallback from being asked', async () => {
  const world = await openWorld({ fallbackApprovers: [RUTH] });
  const { caseId } = await askedOnMonday(world);
  const faults: unknown[] = [];
  const { chaseApprovals } = stepsOf(world, { onChaseFault: (of) => faults.push(of) });
  world.mailbox.broken.add(ALEX.email);
  world.clock.advance({ seconds: 53 * HOUR });

  expect(await chaseApprovals()).toMatchObject({ reminded: 1, escalated: 1 });

  expect(faults).toEqual([caseId]);
  expect([mailsTo(world, ALEX), mailsTo(world, SAM), mailsTo(world, RUTH)]).toEqual([1, 2, 1]);
  world.mailbox.broken.clear();
  expect(await chaseApprovals()).toMatchObject({ reminded: 1, escalated: 0 });
  const { approvers } = (await caseIn(world, caseId, 'asked')).approval;
  expect(sentTo(approvers, ALEX)).toBe(sentTo(approvers, SAM));
});

test('one bad mailbox among the fallback approvers does not keep the others of them from being asked', async () => {
  const tom = { ...RUTH, email: 'tom.ode@example.com', displayName: 'Tom Ode' };
  const world = await openWorld({ fallbackApprovers: [RUTH, tom] });
  const { caseId } = await askedOnMonday(world);
  world.mailbox.broken.add(RUTH.email);
  world.clock.advance({ seconds: 28 * HOUR });
  const faults: unknown[] = [];

  expect(await stepsOf(world, { onChaseFault: (of) => faults.push(of) }).chaseApprovals()).toMatchObject({
    escalated: 1,
  });

  expect(faults).toEqual([caseId]);
  expect(mailsTo(world, tom)).toBe(1);
  world.mailbox.broken.clear();
  await stepsOf(world).chaseApprovals();
  expect(mailsTo(world, RUTH)).toBe(1);
  expect(linkIdOf(world, RUTH.email)).toBeDefined();
});

test('one case that cannot be chased does not keep the others from being chased, and is reported', async () => {
  const world = await openWorld();
  const first = await askedOnMonday(world);
  const second = await askedCase(world, someoneElseLeaves('dirk.directory@example.com'));
  world.clock.advance({ seconds: 4 * HOUR });
  const faults: (readonly [string, unknown])[] = [];
  const cases = {
    find: async (caseId: string) => {
      if (caseId === first.caseId) throw new Error('this item cannot be read');
      return world.cases.find(caseId);
    },
    idsIn: world.cases.idsIn.bind(world.cases),
    claim: world.cases.claim.bind(world.cases),
    replace: world.cases.replace.bind(world.cases),
  };

  const chased = await stepsOf(world, { cases, onChaseFault: (...fault) => faults.push(fault) }).chaseApprovals();

  expect(chased).toMatchObject({ reminded: 2 });
  // Once about its question, once about the execution that may have lost it.
  expect(faults).toMatchObject(Array(2).fill([first.caseId, { message: 'this item cannot be read' }]));
  const { approval } = await caseIn(world, second.caseId, 'asked');
  expect(approval.approvers.map(({ remindersSent }) => remindersSent)).toEqual([1, 1]);
});

test('a vote that comes between two reminders is no fault: it ends the chase of its case', async () => {
  const world = await openWorld();
  const { caseId } = await askedOnMonday(world);
  world.clock.advance({ seconds: 4 * HOUR });
  const faults: unknown[] = [];
  let isFirst = true;
  const cases = {
    find: world.cases.find.bind(world.cases),
    idsIn: world.cases.idsIn.bind(world.cases),
    claim: world.cases.claim.bind(world.cases),
    async replace<Next extends Parameters<World['cases']['replace']>[0]>(
      current: Parameters<World['cases']['replace']>[0],
      next: Next,
    ): Promise<Next> {
      if (isFirst) await decideAs(world, SAM.email, KEEP);
      isFirst = false;
      return world.cases.replace(current, next);
    },
  };

  await stepsOf(world, { cases, onChaseFault: (...fault) => faults.push(fault) }).chaseApprovals();

  expect(faults).toEqual([]);
  expect(mailsTo(world, SAM)).toBe(1);
  expect((await caseIn(world, caseId, 'decided')).decision.choice).toBe('0');
});

test('when those who were asked keep silent the fallback approvers are asked too, once, and may decide', async () => {
  const world = await openWorld({ fallbackApprovers: [RUTH] });
  const { caseId } = await askedOnMonday(world);
  const { chaseApprovals } = stepsOf(world);
  world.clock.advance({ seconds: 28 * HOUR - 1 });
  expect(await chaseApprovals()).toMatchObject({ escalated: 0 });
  expect(mailsTo(world, RUTH)).toBe(0);

  world.clock.advance({ seconds: 1 });
  expect(await chaseApprovals()).toMatchObject({ escalated: 1 });
  expect(await chaseApprovals()).toMatchObject({ escalated: 0, reminded: 0 });

  expect(mailsTo(world, RUTH)).toBe(1);
  expect((await caseIn(world, caseId, 'asked')).approval.escalatedAt).toBe(world.clock.now().toISOString());
  expect(await decideAs(world, RUTH.email, KEEP)).toMatchObject({ statusCode: 303 });
});

test('a fallback approver who triggered the case, or is the leaver, is not asked', async () => {
  const leaver = { ...RUTH, email: 'jane.doe@example.com' };
  const world = await openWorld({ fallbackApprovers: [RUTH, leaver] });
  await askedOnMonday(world, terminationEvent({ data: { requestedBy: { email: RUTH.email } } }));
  world.clock.advance({ seconds: 28 * HOUR });

  await stepsOf(world).chaseApprovals();

  expect([mailsTo(world, RUTH), mailsTo(world, leaver)]).toEqual([0, 0]);
});

test('three quarters of the way to its end a question is overdue, and the oldest is measured', async () => {
  const world = await openWorld();
  await askedOnMonday(world);
  world.clock.advance({ seconds: 60 });
  await askedCase(world, someoneElseLeaves('dirk.directory@example.com'));
  const { chaseApprovals } = stepsOf(world);
  world.clock.advance({ seconds: (7 * 24 * HOUR * 3) / 4 - 61 });
  expect(await chaseApprovals()).toMatchObject({ overdue: 0 });

  world.clock.advance({ seconds: 1 });

  expect(await chaseApprovals()).toMatchObject({ overdue: 1, oldestUndecidedSeconds: (7 * 24 * HOUR * 3) / 4 });
});

test('cases that are not asked yet are not chased', async () => {
  const world = await openWorld();
  await disabledCase(world);
  world.clock.advance({ seconds: 100 * HOUR });

  expect(await stepsOf(world).chaseApprovals()).toEqual({ ...NOTHING, oldestUndecidedSeconds: 0 });
});
