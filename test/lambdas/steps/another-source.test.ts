import { describe, expect, test } from 'vitest';
import { askedCase, caseIn, FIRST, openedCase, SECOND, statusOf } from '../../case-at-status.ts';
import { byOperator, cancellation, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

const THIRD = `${FIRST}-third`;

/** The event as another system sends it, under its own EventBridge source and whatever name it gives itself. */
const from = <Event extends object>(source: string, event: Event) => ({ ...event, source });

/** The same as the system that is meant, on whose behalf another one speaks. */
function onBehalfOf(owner: string, event: ReturnType<typeof cancellation>) {
  return { ...event, detail: { ...event.detail, metadata: { ...event.detail.metadata, onBehalfOf: owner } } };
}

const faults = async (world: World) =>
  (await world.dump()).split('\n').flatMap((item) => JSON.parse(item).faults ?? []);

async function report(world: World, executionArn: string, event: unknown) {
  world.workflow.running.add(executionArn);
  return stepsOf(world).openCase({ executionArn, event });
}

test('two systems that number employees and terminations alike report two leavers: each has a case', async () => {
  const world = await openWorld();
  const janes = await openedCase(world);

  const john = terminationEvent({ metadata: { eventId: 'evt-2' }, employee: { workEmail: 'john.doe@example.com' } });
  const johns = await report(world, SECOND, from('com.example.payroll', john));

  expect(johns).toMatchObject({ route: 'opened' });
  expect(johns).not.toMatchObject({ caseId: janes.caseId });
  expect(await statusOf(world, janes.caseId)).toBe('opened');
});

test('a system cannot take back what another one reported, whatever it says of itself', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const forged = cancellation({ metadata: { eventId: 'evt-2', occurredAt: '2026-11-21T10:00:01Z' } });

  expect(await report(world, SECOND, from('com.example.payroll', forged))).toMatchObject({ route: 'parked' });
  expect(await faults(world)).toMatchObject([
    {
      problem: expect.stringContaining('another system reported'),
      remedy: expect.stringContaining('offboard withdraw'),
    },
  ]);

  expect(await statusOf(world, caseId)).toBe('asked');
  expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
});

test('what another system reports of the same address joins the case, and each must take back its own', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(
    world,
    terminationEvent({ data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'UTC' } }),
  );
  const byPayroll = terminationEvent({ metadata: { eventId: 'evt-2' } });
  const back = cancellation({ metadata: { eventId: 'evt-3', occurredAt: '2026-11-21T10:00:02Z' } });

  expect(await report(world, SECOND, from('com.example.payroll', byPayroll))).toMatchObject({
    route: 'opened',
    caseId,
  });
  await report(world, THIRD, from('com.example.payroll', back));
  const { termination } = await caseIn(world, caseId, 'opened');
  await report(world, `${THIRD}-b`, back);

  expect(termination).toMatchObject({ source: 'com.example.hr', lastWorkingMoment: '2026-12-01T00:00:00.000Z' });
  expect(await caseIn(world, caseId, 'finished')).toMatchObject({ outcome: { kind: 'withdrawn' } });
});

test('nor by naming the other one, unless the configuration puts it above', async () => {
  const back = cancellation({ metadata: { eventId: 'evt-2', occurredAt: '2026-11-21T10:00:02Z' } });
  const forged = onBehalfOf('com.example.hr', from('com.example.payroll', back));
  const world = await openWorld();
  const { caseId } = await askedCase(world);

  expect(await report(world, SECOND, forged)).toMatchObject({ route: 'parked' });

  expect(await faults(world)).toMatchObject([{ field: 'detail.metadata.onBehalfOf' }]);
  expect(await statusOf(world, caseId)).toBe('asked');
  const above = await openWorld({
    reportingSystems: [{ source: 'com.example.payroll', speaksFor: ['com.example.hr'] }],
  });
  await askedCase(above);
  expect(await report(above, SECOND, forged)).toMatchObject({ route: 'reinstate', caseId });
});

test('an operator may speak for every system, and the record says who it was', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const back = cancellation({ metadata: { eventId: 'evt-2', occurredAt: '2026-11-21T10:00:02Z' } });
  const arn = 'arn:aws:sts::111122223333:assumed-role/Operators/olga';

  const result = await report(world, SECOND, byOperator(back, { onBehalfOf: 'com.example.hr', arn }));

  expect(result).toMatchObject({ route: 'reinstate', caseId });
  expect((await caseIn(world, caseId, 'decided')).timeline.at(-1)?.facts).toMatchObject({ operator: arn });
});

test('an operator’s event that does not say who it was is parked', async () => {
  const world = await openWorld();

  const result = await report(world, FIRST, { ...terminationEvent(), source: 'lastpass-offboarding.operator' });

  expect(result).toMatchObject({ route: 'parked' });
  expect(await faults(world)).toMatchObject([{ field: 'detail.metadata.operator' }]);
});

test('only operators have a case taken up again', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const event = terminationEvent();
  const data = { caseId, reason: 'We want to ask again' };
  const reopening = { ...event, 'detail-type': 'Employee Termination Reopened', detail: { ...event.detail, data } };

  expect(await report(world, SECOND, reopening)).toMatchObject({ route: 'parked' });
  expect(await faults(world)).toMatchObject([{ field: 'source' }]);
});

test('an approver whose name at AWS reported a leaver is not asked to decide', async () => {
  const world = await openWorld();
  const arn = 'arn:aws:sts::111122223333:assumed-role/Operators/Alex.Kim';

  const { caseId } = await askedCase(world, byOperator(terminationEvent(), { arn }));

  const { approvers } = (await caseIn(world, caseId, 'asked')).approval;
  expect(approvers.map(({ email }) => email)).toEqual([SAM.email]);
});

const AHEAD = '2026-11-21T10:59:00Z';

test('a cancellation that is dated ahead and sent first does not keep an account enabled', async () => {
  const world = await openWorld();
  const ahead = cancellation({ metadata: { eventId: 'evt-0', occurredAt: AHEAD } });

  expect(await report(world, SECOND, ahead)).toMatchObject({ route: 'parked' });
  const input = await openedCase(world);
  await stepsOf(world).disableAccount(input);

  expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
  expect(await faults(world)).toMatchObject([{ field: 'detail.metadata.occurredAt' }]);
});

test('one that takes back a known termination does not outweigh what HR says afterwards', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(
    world,
    terminationEvent({ data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'UTC' } }),
  );
  await report(world, SECOND, cancellation({ metadata: { eventId: 'evt-2', occurredAt: AHEAD } }));
  world.clock.advance({ seconds: 60 });
  const atOnce = terminationEvent({ metadata: { eventId: 'evt-3', occurredAt: '2026-11-21T10:01:00Z' } });

  expect(await report(world, THIRD, atOnce)).toMatchObject({ route: 'opened', caseId });
  await report(world, `${THIRD}-b`, cancellation({ metadata: { eventId: 'evt-2', occurredAt: AHEAD } }));

  expect(await statusOf(world, caseId)).toBe('opened');
});

describe('another address for a known termination', () => {
  const JOHN = 'john.doe@example.com';
  const dated = { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'UTC' };
  const moved = terminationEvent({
    metadata: { eventId: 'evt-2', occurredAt: '2026-11-21T10:00:02Z' },
    employee: { workEmail: JOHN },
    data: { ...dated, lastWorkingMoment: '2026-11-25' },
  });

  test('is not taken over: the case keeps its own, whatever day is given, and the question is parked', async () => {
    const world = await openWorld();
    const { caseId } = await openedCase(world, terminationEvent({ data: dated }));

    await report(world, SECOND, moved);

    const { termination } = await caseIn(world, caseId, 'opened');
    expect(termination).toMatchObject({ workEmail: JANE, lastWorkingMoment: '2026-11-26T00:00:00.000Z' });
    expect(await faults(world)).toMatchObject([{ code: 'another address' }]);
    expect(await report(world, THIRD, moved)).toMatchObject({ route: 'duplicate' });
  });

  test('that an operator sends again is, in all that was reported', async () => {
    const world = await openWorld();
    const { caseId } = await openedCase(world, terminationEvent({ data: dated }));
    await report(world, SECOND, moved);

    await report(world, THIRD, byOperator(moved, { onBehalfOf: 'com.example.hr' }));

    expect(await caseIn(world, caseId, 'opened')).toMatchObject({ termination: { workEmail: JOHN } });
  });

  test('leaves the report of whoever has that address a case of its own', async () => {
    const world = await openWorld();
    await openedCase(world, terminationEvent({ data: dated }));
    await report(world, SECOND, moved);
    const johns = terminationEvent({ employee: { id: 'emp-2', workEmail: JOHN } });

    expect(await report(world, THIRD, from('com.example.payroll', johns))).toMatchObject({
      route: 'opened',
      waitUntil: '2026-11-21T10:00:00.000Z',
    });
  });

  test('disables nobody while nothing stands that could say whose account is meant', async () => {
    const world = await openWorld();
    const { caseId } = await openedCase(world, terminationEvent({ data: dated }));
    await report(world, SECOND, cancellation({ metadata: { eventId: 'evt-1b', occurredAt: '2026-11-21T10:00:01Z' } }));

    expect(await report(world, THIRD, moved)).toMatchObject({ route: 'too late', fault: { code: 'another address' } });

    expect(await statusOf(world, caseId)).toBe('finished');
  });
});
