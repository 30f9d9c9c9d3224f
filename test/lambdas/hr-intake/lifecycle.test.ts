import { expect, test } from 'vitest';
import { DESTROY, KEEP, LEAVE, REINSTATE } from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, dueCase, FIRST, openedCase, SECOND, statusOf } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { cancellation, rehire, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, type World } from '../../offboarding-world.ts';

const THIRD = `${FIRST}-third`;

/** At a minute past ten by HR's clock, which is before the world's clock starts to run. */
const said = (minute: number, eventId = `evt-${minute}`) => ({
  metadata: { eventId, occurredAt: new Date(Date.parse('2026-11-21T09:00:00Z') + minute * 60_000).toISOString() },
});

const dated = (minute: number, lastWorkingMoment: string, change: { data?: object; employee?: object } = {}) =>
  terminationEvent({
    ...said(minute),
    employee: { ...change.employee },
    data: { immediate: false, lastWorkingMoment, timeZone: 'UTC', ...change.data },
  });

const rescheduled = (...args: Parameters<typeof dated>) => ({
  ...dated(...args),
  'detail-type': 'Employee Termination Rescheduled',
});

async function report(world: World, executionArn: string, event: unknown) {
  world.workflow.running.add(executionArn);
  return stepsOf(world).openCase({ executionArn, event });
}

const parked = async (world: World) =>
  (await world.dump()).split('\n').flatMap((item) => JSON.parse(item).faults ?? []);

test.each([
  ['later', '2026-12-15', '2026-12-16T00:00:00.000Z'],
  ['earlier', '2026-11-24', '2026-11-25T00:00:00.000Z'],
])(
  'a last day that HR moves %s is waited for anew, and the wait for the old one does nothing',
  async (_how, day, at) => {
    const world = await openWorld();
    const input = await openedCase(world, dated(1, '2026-11-30'));

    expect(await report(world, SECOND, rescheduled(2, day))).toEqual({
      route: 'opened',
      caseId: input.caseId,
      waitUntil: at,
    });

    expect(await errorName(stepsOf(world).disableAccount(input))).toBe('SupersededError');
    expect(world.simulator.calls).toEqual([]);
    expect(await caseIn(world, input.caseId, 'opened')).toMatchObject({ executionArn: SECOND, revision: 2 });
  },
);

test('a changed day that overtakes the first report wins, and the first report is a duplicate of the past', async () => {
  const world = await openWorld();
  const first = await report(world, FIRST, rescheduled(2, '2026-12-15'));

  expect(await report(world, SECOND, dated(1, '2026-11-30'))).toMatchObject({ route: 'duplicate', runBy: FIRST });

  expect(first).toMatchObject({ route: 'opened', waitUntil: '2026-12-16T00:00:00.000Z' });
});

test('a dismissal for cause does not wait for the day that was planned, nor for one that is repeated later', async () => {
  const world = await openWorld();
  const input = await openedCase(world, dated(1, '2026-11-30'));

  const atOnce = await report(world, SECOND, terminationEvent(said(2)));
  const repeated = await report(world, THIRD, dated(3, '2026-11-30'));

  expect(atOnce).toEqual({ route: 'opened', caseId: input.caseId, waitUntil: '2026-11-21T09:02:00.000Z' });
  expect(repeated).toMatchObject({ route: 'duplicate', runBy: SECOND });
});

test('a cancellation that overtakes its termination is kept and parked; the termination then ends at once', async () => {
  const world = await openWorld();
  expect(await report(world, FIRST, cancellation(said(2)))).toMatchObject({ route: 'parked' });

  const result = await report(world, SECOND, terminationEvent(said(1)));

  expect(result).toMatchObject({ route: 'finished' });
  const { outcome } = await caseIn(world, 'caseId' in result ? result.caseId : '', 'finished');
  expect(outcome).toMatchObject({ kind: 'withdrawn' });
  expect(await parked(world)).toMatchObject([{ field: 'detail.data.terminationId' }]);
  expect(world.simulator.calls).toEqual([]);
});

test('a cancellation that is only concluded from somebody’s state bothers nobody, and still counts', async () => {
  const world = await openWorld();
  const inferred = cancellation({ ...said(2), data: { isInferred: true } });

  expect(await report(world, FIRST, inferred)).toMatchObject({ route: 'early cancellation' });
  expect(await parked(world)).toEqual([]);
  expect(await report(world, SECOND, terminationEvent(said(1)))).toMatchObject({ route: 'finished' });
});

test('a termination that is reported again after it was taken back disables the account again', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world, terminationEvent(said(1)));
  await report(world, SECOND, cancellation(said(2)));
  const { decision } = await caseIn(world, caseId, 'decided');
  await stepsOf(world).reinstateAccount({ caseId, executionArn: SECOND, decisionId: decision.decisionId });

  expect(await report(world, THIRD, terminationEvent(said(3)))).toMatchObject({ route: 'opened', caseId });

  await stepsOf(world).disableAccount({ caseId, executionArn: THIRD });
  expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
});

test('reported again while the account is just being reinstated, it is tried again rather than raced', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world, terminationEvent(said(1)));
  await report(world, SECOND, cancellation(said(2)));
  const decided = await caseIn(world, caseId, 'decided');
  await world.cases.replace(decided, { ...decided, status: 'committed', committedAt: decided.disabledAt });

  expect(await errorName(report(world, THIRD, terminationEvent(said(3))))).toBe('CaseChangedError');
});

test.each([
  ['another last day, in the future', rescheduled(2, '2026-12-15'), 'detail.data.lastWorkingMoment'],
  [
    'another address',
    terminationEvent({ ...said(2), employee: { workEmail: 'john.doe@example.com' } }),
    'detail.data.employee.workEmail',
  ],
])(
  'once the account is disabled, %s comes too late: people are told, and the case goes on',
  async (_what, event, field) => {
    const world = await openWorld();
    const { caseId } = await askedCase(world, dated(1, '2026-11-20'));

    expect(await report(world, SECOND, event)).toMatchObject({ route: 'too late', caseId, fault: { field } });

    expect(await caseIn(world, caseId, 'asked')).toMatchObject({ executionArn: FIRST });
    expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
  },
);

test('a last day that HR gives after "at once" is not acted on, and does not go unheard', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world, terminationEvent(said(1)));

  const result = await report(world, SECOND, dated(2, '2026-12-15'));

  expect(result).toMatchObject({ route: 'too late', caseId, fault: { field: 'detail.data.lastWorkingMoment' } });
  expect(await report(world, THIRD, dated(0, '2026-12-15'))).toMatchObject({ route: 'duplicate' });
  expect(await caseIn(world, caseId, 'asked')).toMatchObject({ executionArn: FIRST });
});

test('the same late news twice is parked once and told once', async () => {
  const world = await openWorld();
  const input = await dueCase(world, LEAVE, terminationEvent(said(1)));
  await stepsOf(world).deleteAccount(input);
  const before = world.mailbox.to(ALEX.email).length;

  for (const executionArn of [SECOND, THIRD]) {
    const late = await report(world, executionArn, cancellation(said(2)));
    if (late.route !== 'too late') throw new Error(`the cancellation was ${late.route}`);
    await stepsOf(world).notifyLateChange(late);
  }

  expect(await parked(world)).toHaveLength(1);
  expect(world.mailbox.to(ALEX.email)).toHaveLength(before + 1);
  expect(world.mailbox.to(ALEX.email).at(-1)?.text).toContain('HR took the termination back, and it is too late.');
  expect(world.mailbox.to(JANE)).toEqual([]);
});

test('a termination that is reported again after a late cancellation is looked into again, whatever account there is by then', async () => {
  const world = await openWorld();
  const input = await dueCase(world, LEAVE, terminationEvent(said(1)));
  await stepsOf(world).deleteAccount(input);
  await report(world, SECOND, cancellation(said(2)));

  expect(await report(world, THIRD, terminationEvent(said(3)))).toMatchObject({
    route: 'opened',
    caseId: input.caseId,
  });
});

test('somebody who is hired again before anything was deleted gets the account back', async () => {
  const world = await openWorld();
  const { caseId } = await decidedCase(world, DESTROY, terminationEvent(said(1)));

  expect(await report(world, SECOND, rehire(said(2)))).toMatchObject({ route: 'reinstate', caseId });
});

test('somebody who is hired again after the account was deleted gets another one: that is no late news', async () => {
  const world = await openWorld();
  const input = await dueCase(world, LEAVE, terminationEvent(said(1)));
  await stepsOf(world).deleteAccount(input);

  expect(await report(world, SECOND, rehire(said(2)))).toMatchObject({ route: 'duplicate' });
  expect(await parked(world)).toEqual([]);
});

test('an old report that is replayed from the archive changes nothing, whatever became of the case', async () => {
  const world = await openWorld();
  const first = dated(1, '2026-11-20');
  const input = await decidedCase(world, KEEP, first);
  await stepsOf(world).deleteAccount(input);
  world.workflow.running.delete(FIRST);
  const before = await world.dump();

  expect(await report(world, SECOND, first)).toMatchObject({ route: 'duplicate' });

  expect(await world.dump()).toBe(before);
});

test.each([
  ['before they decided is older news, and changes nothing', 2, 'duplicate'],
  ['after they decided disables the account again', 120, 'opened'],
] as const)('an account that people gave back: another report that HR made %s', async (_when, minute, route) => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE, terminationEvent(said(1)));
  await stepsOf(world).reinstateAccount(input);
  world.clock.advance({ seconds: 3 * 3600 });

  expect(await report(world, SECOND, terminationEvent(said(minute)))).toMatchObject({ route });
});

const byDirectory = (minute: number, change: { data?: object } = {}) =>
  terminationEvent({
    metadata: { ...said(minute, `okta-${minute}`).metadata, source: 'okta' },
    employee: { id: '00u1', workEmail: 'Jane.Doe@example.com' },
    data: { terminationId: 'okta-1', ...change.data },
  });

const byDirectoryTakenBack = (minute: number) =>
  cancellation({ ...said(minute, `okta-${minute}`), data: { terminationId: 'okta-1', employee: { id: '00u1' } } });

test('a leaver whom HR and the directory both report has one case, disabled when the first of them wants it', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(world, dated(1, '2026-11-30'));

  const merged = await report(world, SECOND, byDirectory(2));

  expect(merged).toEqual({ route: 'opened', caseId, waitUntil: '2026-11-21T09:02:00.000Z' });
  expect(await report(world, THIRD, byDirectory(2))).toMatchObject({ route: 'duplicate', caseId, runBy: SECOND });
});

test('of two reports of a leaver one is taken back: the account stays disabled, and people are told', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world, terminationEvent(said(1)));
  await report(world, SECOND, byDirectory(2));

  const result = await report(world, THIRD, cancellation(said(3)));

  expect(result).toMatchObject({ route: 'too late', fault: { field: 'detail.data.terminationId' } });
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
  expect(await report(world, `${THIRD}-b`, byDirectoryTakenBack(4))).toMatchObject({ route: 'reinstate', caseId });
});

test('a joined report stays with its case, also when a duplicate of it comes after the case has ended', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP, terminationEvent(said(1)));
  await report(world, SECOND, byDirectory(2));
  await stepsOf(world).deleteAccount({ ...input, executionArn: FIRST });

  expect(await report(world, THIRD, byDirectory(2))).toMatchObject({ route: 'duplicate', caseId: input.caseId });
});

test('what was taken back before it was reported does not count when it joins', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(world, dated(1, '2026-11-30'));
  await report(world, SECOND, byDirectoryTakenBack(3));

  expect(await report(world, THIRD, byDirectory(2))).toMatchObject({ route: 'duplicate', caseId, runBy: FIRST });
});

test('of two reports the later one came first: the earlier one moves the case to its own execution', async () => {
  const world = await openWorld();
  const later = await report(world, SECOND, byDirectory(2));

  const earlier = await report(world, FIRST, terminationEvent(said(1)));

  const caseId = 'caseId' in later && later.caseId;
  expect(later).toEqual({ route: 'opened', caseId, waitUntil: '2026-11-21T09:02:00.000Z' });
  expect(earlier).toEqual({ route: 'opened', caseId, waitUntil: '2026-11-21T09:01:00.000Z' });
  expect(await report(world, SECOND, byDirectory(2))).toMatchObject({ route: 'duplicate', caseId, runBy: FIRST });
});

test.each(Array.from({ length: 10 }, (_, index) => index))(
  'two systems report the same leaver in the same moment, and the case is one, run for the earlier report (%i)',
  async () => {
    const world = await openWorld();
    const deliveries = [
      [FIRST, terminationEvent(said(1))],
      [SECOND, byDirectory(2)],
    ] as const;

    const results = await Promise.allSettled(deliveries.map(([arn, event]) => report(world, arn, event)));
    // Step Functions tries again after pauses of random length; in the same moment they could only cross once more.
    const again: Awaited<ReturnType<typeof report>>[] = [];
    for (const [index, [arn, event]] of deliveries.entries()) {
      if (results[index]?.status === 'rejected') again.push(await report(world, arn, event));
    }

    const cases = [...results.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])), ...again];
    expect(new Set(cases.map((one) => 'caseId' in one && one.caseId)).size).toBe(1);
    const [open = '', ...others] = await world.cases.idsIn('opened');
    expect(others).toEqual([]);
    const { executionArn, termination, timeline } = await caseIn(world, open, 'opened');
    expect([executionArn, termination.lastWorkingMoment]).toEqual([FIRST, '2026-11-21T09:01:00.000Z']);
    // Only where the later report was there first did both executions open the case, one after the other.
    const isMoved = timeline.some(({ facts }) => facts?.to === termination.lastWorkingMoment);
    expect(cases.map(({ route }) => route).sort()).toEqual([isMoved ? 'opened' : 'duplicate', 'opened']);
  },
);

test.each(Array.from({ length: 10 }, (_, index) => index))(
  'a termination and its cancellation in the same moment: nothing is left to do (%i)',
  async () => {
    const world = await openWorld();
    const deliveries = [
      [FIRST, dated(1, '2026-11-30')],
      [SECOND, cancellation(said(2))],
    ] as const;

    const results = await Promise.allSettled(deliveries.map(([arn, event]) => report(world, arn, event)));
    for (const [index, [arn, event]] of deliveries.entries()) {
      if (results[index]?.status === 'rejected') await report(world, arn, event);
    }

    const [caseId = ''] = await world.cases.idsIn('finished');
    expect(await caseIn(world, caseId, 'finished')).toMatchObject({ outcome: { kind: 'withdrawn' } });
    expect(await world.cases.idsIn('opened')).toEqual([]);
  },
);
