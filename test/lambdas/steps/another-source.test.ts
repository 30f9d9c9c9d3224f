import { expect, test } from 'vitest';
import { askedCase, caseIn, FIRST, openedCase, SECOND, statusOf } from '../../case-at-status.ts';
import { cancellation, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const THIRD = `${FIRST}-third`;

/** The event as another system sends it, under its own EventBridge source and whatever name it gives itself. */
const from = <Event extends object>(source: string, event: Event) => ({ ...event, source });

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
