import { expect, test } from 'vitest';
import { effectOf } from '../../../lambdas/domain/effect.ts';
import { DESTROY, decideAs, KEEP, LEAVE, linkIdOf, openPage, postForm, REINSTATE } from '../../approver-browser.ts';
import {
  askedCase,
  caseIn,
  committedCase,
  decidedCase,
  disabledCase,
  dueCase,
  expiredCase,
  FIRST,
  openApproval,
  openedCase,
  SECOND,
  statusOf,
  undoneCase,
} from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { byOperator, cancellation, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

const THIRD = `${FIRST}-third`;
const RUTH = { email: 'ruth.fallback@example.com', displayName: 'Ruth Fallback', role: 'management' };

function reopening(caseId: string, requestedBy?: string) {
  const event = byOperator(terminationEvent());
  const data = { caseId, reason: 'Asked again by audit', ...(requestedBy && { requestedBy: { email: requestedBy } }) };
  return { ...event, 'detail-type': 'Employee Termination Reopened', detail: { ...event.detail, data } };
}

async function withdraw(world: World, executionArn = SECOND) {
  world.workflow.running.add(executionArn);
  return stepsOf(world).openCase({ executionArn, event: cancellation({ data: { reason: 'They stay after all' } }) });
}

const parkedFaults = async (world: World) =>
  (await world.dump()).split('\n').flatMap((item) => JSON.parse(item).faults ?? []);

test('a termination that HR takes back before anything was done ends its case, and nothing is ever done', async () => {
  const world = await openWorld();
  const input = await openedCase(world);

  expect(await withdraw(world)).toEqual({ route: 'finished', caseId: input.caseId });

  expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({ outcome: { kind: 'withdrawn' } });
  expect(await errorName(stepsOf(world).disableAccount(input))).toBe('SupersededError');
  expect(world.simulator.calls).toEqual([]);
});

test.each([
  ['disabled', disabledCase],
  ['asked', askedCase],
  ['decided, in its hold', (world: World) => decidedCase(world, LEAVE)],
  ['decided, its hold over', (world: World) => dueCase(world, DESTROY)],
] as const)('taken back while the case is %s, HR’s report reinstates the account', async (_status, bring) => {
  const world = await openWorld();
  const input = await bring(world);

  const result = await withdraw(world);

  const { decision, timeline } = await caseIn(world, input.caseId, 'decided');
  expect(result).toEqual({ route: 'reinstate', caseId: input.caseId, decisionId: decision.decisionId });
  expect(decision).toMatchObject({
    choice: 'reinstate',
    via: 'hr',
    reason: 'They stay after all',
    votes: [],
    effect: { label: effectOf('lastpass', 'reinstate').label },
  });
  expect(decision.approver).not.toHaveProperty('email');
  expect(timeline.at(-1)?.code).toBe('termination-cancelled');
  const reinstating = { caseId: input.caseId, executionArn: SECOND, decisionId: decision.decisionId };
  await stepsOf(world).reinstateAccount(reinstating);
  expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({ outcome: { kind: 'reinstated' } });
  expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(false);
  expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
});

test('an execution whose case HR took back does nothing any more', async () => {
  const world = await openWorld();
  const { decisionId, ...input } = await dueCase(world, DESTROY);
  await withdraw(world);
  const before = await world.dump();
  const steps = stepsOf(world);

  expect(await errorName(steps.deleteAccount({ ...input, decisionId }))).toBe('SupersededError');
  expect(await errorName(steps.confirmDecision({ ...input, isTimedOut: true }))).toBe('SupersededError');
  expect(await errorName(steps.gatherFacts(input))).toBe('SupersededError');
  expect(await errorName(steps.requestApproval({ ...input, taskToken: 'token' }))).toBe('SupersededError');
  expect(await steps.sealEvidence({ ...input, ending: {} })).toMatchObject({ route: 'quiet' });

  expect(await world.dump()).toBe(before);
});

test('the links of a case that HR took back decide nothing and take nothing back', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  await withdraw(world);
  const before = await world.dump();

  expect(await openPage(world, linkId)).toMatchObject({ statusCode: 410 });
  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  expect(await postForm(world, linkId, { shown, action: 'undo' })).toMatchObject({ statusCode: 410 });

  expect(await world.dump()).toBe(before);
  expect((await caseIn(world, caseId, 'decided')).decision.via).toBe('hr');
});

test('HR’s report is not signalled: nobody waits for it', async () => {
  const world = await openWorld();
  await askedCase(world);
  await withdraw(world);

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ signalled: 0 });

  expect(world.workflow.signals).toEqual([]);
});

test.each([
  ['being carried out', committedCase],
  [
    'carried out',
    async (world: World, filled: typeof LEAVE) => {
      const input = await dueCase(world, filled);
      await stepsOf(world).deleteAccount(input);
      return input;
    },
  ],
] as const)('once the effect is %s HR comes too late, and a person is told', async (_status, bring) => {
  const world = await openWorld();
  const { caseId } = await bring(world, LEAVE);
  const before = await world.cases.find(caseId);

  const result = await withdraw(world);

  expect(result).toMatchObject({ route: 'too late', caseId, parkedId: expect.any(String) });
  const [fault] = await parkedFaults(world);
  expect(fault).toMatchObject({ problem: expect.stringMatching(/^comes too late: /) });
  expect(result).toMatchObject({ fault });
  const { history, timeline, version: _version, ...after } = (await world.cases.find(caseId)) ?? {};
  expect(history).toMatchObject({ [caseId]: { takenBack: { kind: 'cancelled' } } });
  expect(timeline?.at(-1)).toMatchObject({ code: 'further-report' });
  expect(before).toMatchObject(after);
});

test('a second run of the withdrawing execution gives the same answer and writes nothing', async () => {
  const world = await openWorld();
  await askedCase(world);
  const first = await withdraw(world);
  const before = await world.dump();

  expect(await withdraw(world)).toEqual(first);
  expect(await world.dump()).toBe(before);
});

test.each([
  ['is being reinstated', false],
  ['is reinstated', true],
])('the same news from HR delivered twice is a duplicate while the account %s', async (_when, isDone) => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  await withdraw(world);
  const { decision } = await caseIn(world, caseId, 'decided');
  const reinstating = { caseId, executionArn: SECOND, decisionId: decision.decisionId };
  if (isDone) await stepsOf(world).reinstateAccount(reinstating);
  const before = await world.dump();

  expect(await withdraw(world, THIRD)).toEqual({ route: 'duplicate', caseId, runBy: SECOND });

  expect(await world.dump()).toBe(before);
});

test('a termination taken back before anything was done and reported so twice is a duplicate, too', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(world);
  await withdraw(world);

  expect(await withdraw(world, THIRD)).toEqual({ route: 'duplicate', caseId, runBy: SECOND });
});

test.each([
  ['before', 1],
  ['after', 1],
  ['before', 2],
] as const)(
  'an execution that was to reinstate and is lost %s write %i is taken over by the next delivery',
  async (when, write) => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    await withdraw(world);
    const { decisionId } = (await caseIn(world, caseId, 'decided')).decision;
    const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write }) });
    await expect(crashing.reinstateAccount({ caseId, executionArn: SECOND, decisionId })).rejects.toThrow(CrashError);
    world.workflow.running.delete(SECOND);

    expect(await withdraw(world, THIRD)).toMatchObject({ route: 'reinstate', caseId });

    const { decision, executionArn } = await caseIn(world, caseId, 'decided');
    expect(executionArn).toBe(THIRD);
    await stepsOf(world).reinstateAccount({ caseId, executionArn, decisionId: decision.decisionId });
    expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(false);
  },
);

test('HR’s news that crosses the begun disabling is tried again, and then reinstates', async () => {
  const world = await openWorld();
  const input = await openedCase(world);
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when: 'after', write: 1 }) });
  await expect(crashing.disableAccount(input)).rejects.toThrow(CrashError);

  expect(await errorName(withdraw(world))).toBe('CaseChangedError');

  expect((await caseIn(world, input.caseId, 'opened')).executionArn).toBe(FIRST);
  await stepsOf(world).disableAccount(input);
  expect(await withdraw(world)).toMatchObject({ route: 'reinstate' });
});

test.each(Array.from({ length: 10 }, (_, index) => index))(
  'HR’s news and the disabling in the same moment: never a case that ended while the account gets disabled (%i)',
  async () => {
    const world = await openWorld();
    const input = await openedCase(world);

    const [, news] = await Promise.allSettled([stepsOf(world).disableAccount(input), withdraw(world)]);

    const isDisabled = world.simulator.directory.find(JANE)?.isDisabled;
    const status = await statusOf(world, input.caseId);
    if (status === 'finished') expect(isDisabled).toBe(false);
    else expect([news.status, (await withdraw(world)).route]).toEqual(['rejected', 'reinstate']);
  },
);

test('a withdrawal of a termination that nobody knows is parked for a person', async () => {
  const world = await openWorld();

  expect(await withdraw(world)).toMatchObject({ route: 'parked' });
  expect(await parkedFaults(world)).toMatchObject([{ field: 'detail.data.terminationId' }]);
});

test.each([
  ['expired', expiredCase],
  ['was taken back', undoneCase],
] as const)(
  'a case that %s can be taken up again: it is asked anew, and the old links are dead',
  async (_how, bring) => {
    const world = await openWorld();
    const { caseId } = await bring(world);
    const oldLink = linkIdOf(world, ALEX.email);

    const result = await stepsOf(world).openCase({ executionArn: SECOND, event: reopening(caseId) });

    expect(result).toMatchObject({ route: 'opened', caseId });
    const opened = await caseIn(world, caseId, 'opened');
    expect(opened.timeline.at(-1)).toMatchObject({ code: 'case-reopened', facts: { reason: 'Asked again by audit' } });
    expect(opened).not.toHaveProperty('decision');
    const again = { caseId, executionArn: SECOND };
    await stepsOf(world).disableAccount(again);
    await stepsOf(world).requestApproval({ ...again, taskToken: world.workflow.mintToken() });
    expect(await openPage(world, oldLink)).toMatchObject({ statusCode: 410 });
    expect(await decideAs(world, ALEX.email, KEEP)).toMatchObject({ statusCode: 303 });
  },
);

test('a wish to take a case up again that the bus delivers twice is carried out once', async () => {
  const world = await openWorld();
  const { caseId } = await expiredCase(world);
  const { openCase } = stepsOf(world);
  world.workflow.running.add(SECOND);
  await openCase({ executionArn: SECOND, event: reopening(caseId) });
  const before = await world.dump();

  expect(await openCase({ executionArn: THIRD, event: reopening(caseId) })).toEqual({
    route: 'duplicate',
    caseId,
    runBy: SECOND,
  });

  expect(await world.dump()).toBe(before);
});

test('a case whose termination HR has taken back is not taken up again by anybody else', async () => {
  const world = await openWorld();
  const input = await openedCase(world, terminationEvent({ employee: { workEmail: 'nobody@example.com' } }));
  await stepsOf(world).disableAccount(input);
  await withdraw(world);

  const result = await stepsOf(world).openCase({ executionArn: THIRD, event: reopening(input.caseId) });

  expect(result).toMatchObject({ route: 'parked' });
  expect((await parkedFaults(world)).at(-1)).toMatchObject({ problem: expect.stringContaining('HR has taken back') });
});

test('whoever takes a case up again may not decide it', async () => {
  const world = await openWorld();
  const { caseId } = await expiredCase(world);
  const mails = world.mailbox.to(ALEX.email).length;

  await stepsOf(world).openCase({ executionArn: SECOND, event: reopening(caseId, ALEX.email) });
  const again = { caseId, executionArn: SECOND };
  await stepsOf(world).disableAccount(again);
  await stepsOf(world).requestApproval({ ...again, taskToken: world.workflow.mintToken() });

  expect(world.mailbox.to(ALEX.email)).toHaveLength(mails);
  expect((await caseIn(world, caseId, 'asked')).approval.approvers.map(({ email }) => email)).toEqual([SAM.email]);
});

test('whoever triggered a case may not decide it after somebody else had it taken up again', async () => {
  const world = await openWorld({ fallbackApprovers: [{ ...RUTH, absences: [] }] });
  const event = terminationEvent({ data: { requestedBy: { email: SAM.email } } });
  const input = await askedCase(world, event);
  await stepsOf(world).confirmDecision({ ...input, isTimedOut: true });

  await stepsOf(world).openCase({ executionArn: SECOND, event: reopening(input.caseId, ALEX.email) });
  const again = { caseId: input.caseId, executionArn: SECOND };
  await stepsOf(world).disableAccount(again);
  await stepsOf(world).requestApproval({ ...again, taskToken: world.workflow.mintToken() });

  const { approvers } = (await caseIn(world, input.caseId, 'asked')).approval;
  expect(approvers.map(({ email }) => email)).toEqual([RUTH.email]);
});

test('of two people who had a case taken up again, one after the other, neither may decide it', async () => {
  const world = await openWorld({ fallbackApprovers: [{ ...RUTH, absences: [] }] });
  const { caseId } = await expiredCase(world);
  for (const [executionArn, email, eventId] of [
    [SECOND, ALEX.email, 'evt-2'],
    [THIRD, SAM.email, 'evt-3'],
  ] as const) {
    world.workflow.running.add(executionArn);
    const again = { caseId, executionArn };
    const event = reopening(caseId, email);
    event.detail.metadata.eventId = eventId;
    expect(await stepsOf(world).openCase({ executionArn, event })).toMatchObject({ route: 'opened' });
    await stepsOf(world).disableAccount(again);
    await stepsOf(world).requestApproval({ ...again, taskToken: world.workflow.mintToken() });
    if (executionArn === SECOND) {
      world.clock.advance({ seconds: 8 * 86_400 });
      await stepsOf(world).confirmDecision({ ...again, isTimedOut: true });
    }
  }

  const { approvers } = (await caseIn(world, caseId, 'asked')).approval;
  expect(approvers.map(({ email }) => email)).toEqual([RUTH.email]);
});

test('who reported a leaver again, to no effect, may not decide the case either', async () => {
  const world = await openWorld();
  const input = await openedCase(world);
  const later = { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'UTC' };
  const event = terminationEvent({
    metadata: { eventId: 'payroll-1' },
    data: { terminationId: 'payroll-1', ...later, requestedBy: { email: ALEX.email } },
  });

  expect(await stepsOf(world).openCase({ executionArn: SECOND, event })).toMatchObject({ route: 'duplicate' });
  await stepsOf(world).disableAccount(input);
  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });

  const { approvers } = (await caseIn(world, input.caseId, 'asked')).approval;
  expect(approvers.map(({ email }) => email)).toEqual([SAM.email]);
});

test('neither who had it reported by HR nor who had it reported by the directory may decide a case', async () => {
  const world = await openWorld({ fallbackApprovers: [{ ...RUTH, absences: [] }] });
  const data = { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'UTC' };
  const { caseId } = await openedCase(
    world,
    terminationEvent({ data: { ...data, requestedBy: { email: SAM.email } } }),
  );
  const byDirectory = terminationEvent({
    metadata: { eventId: 'okta-1' },
    employee: { id: '00u1' },
    data: { terminationId: 'okta-1', requestedBy: { email: ALEX.email } },
  });

  await stepsOf(world).openCase({ executionArn: SECOND, event: byDirectory });
  const moved = { caseId, executionArn: SECOND };
  await stepsOf(world).disableAccount(moved);
  await stepsOf(world).requestApproval({ ...moved, taskToken: world.workflow.mintToken() });

  const { approvers } = (await caseIn(world, caseId, 'asked')).approval;
  expect(approvers.map(({ email }) => email)).toEqual([RUTH.email]);
});

test.each([
  ['still open', askedCase],
  [
    'reinstated',
    async (world: World) => {
      const input = await decidedCase(world, REINSTATE);
      await stepsOf(world).reinstateAccount(input);
      return input;
    },
  ],
  [
    'deleted',
    async (world: World) => {
      const input = await dueCase(world, LEAVE);
      await stepsOf(world).deleteAccount(input);
      return input;
    },
  ],
] as const)('a case that is %s is not taken up again', async (_status, bring) => {
  const world = await openWorld();
  const { caseId } = await bring(world);
  const before = await world.cases.find(caseId);

  expect(await stepsOf(world).openCase({ executionArn: SECOND, event: reopening(caseId) })).toMatchObject({
    route: 'parked',
  });

  expect(await world.cases.find(caseId)).toEqual(before);
});
