import { expect, test } from 'vitest';
import { KEEP } from '../../approver-browser.ts';
import { caseIn, decidedCase, disabledCase, FIRST, openedCase, SECOND, statusOf } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { openWorld } from '../../offboarding-world.ts';

const THIRD = `${FIRST}-third`;

test('a termination opens a case that waits for the last working moment', async () => {
  const world = await openWorld();
  const data = { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'Europe/Berlin' };

  const result = await stepsOf(world).openCase({ executionArn: FIRST, event: terminationEvent({ data }) });

  expect(result).toEqual({
    route: 'opened',
    caseId: expect.stringMatching(/^case-[0-9a-f]{24}$/),
    waitUntil: '2026-11-30T23:00:00.000Z',
  });
});

test('of a dozen deliveries of one event at the same moment, one opens the case and the others are duplicates', async () => {
  const world = await openWorld();
  const executions = Array.from({ length: 12 }, (_, index) => `${FIRST}-${index}`);
  for (const executionArn of executions) world.workflow.running.add(executionArn);
  const { openCase } = stepsOf(world);

  const results = await Promise.all(
    executions.map((executionArn) => openCase({ executionArn, event: terminationEvent() })),
  );

  const opened = results.filter(({ route }) => route === 'opened');
  const duplicates = results.filter(({ route }) => route === 'duplicate');
  expect(opened).toHaveLength(1);
  expect(duplicates).toHaveLength(11);
  const winner = executions[results.findIndex(({ route }) => route === 'opened')];
  expect(duplicates).toEqual(duplicates.map(() => expect.objectContaining({ runBy: winner })));
  const [caseId = ''] = opened.flatMap((one) => ('caseId' in one ? (one.caseId ?? []) : []));
  expect(await world.cases.find(caseId)).toMatchObject({ executionArn: winner, version: 1 });
});

test('a second run of the same execution gives the same answer and writes nothing', async () => {
  const world = await openWorld();
  const { openCase } = stepsOf(world);

  const first = await openCase({ executionArn: FIRST, event: terminationEvent() });
  const before = await world.dump();
  const second = await openCase({ executionArn: FIRST, event: terminationEvent() });

  expect(second).toEqual(first);
  expect(await world.dump()).toBe(before);
});

test('a crash right after the claim is no duplicate of itself', async () => {
  const world = await openWorld();
  const input = { executionArn: FIRST, event: terminationEvent() };
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when: 'after', write: 1 }) });
  await expect(crashing.openCase(input)).rejects.toThrow(CrashError);

  expect(await stepsOf(world).openCase(input)).toMatchObject({ route: 'opened' });
});

test('a case is not taken from an execution that still runs it', async () => {
  const world = await openWorld();
  await disabledCase(world);
  const before = await world.dump();

  const result = await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });

  expect(result).toMatchObject({ route: 'duplicate', runBy: FIRST });
  expect(await world.dump()).toBe(before);
});

test('a case whose execution ended without finishing it is taken over, and its timeline is kept', async () => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world);
  const before = await caseIn(world, caseId, 'disabled');
  world.workflow.running.delete(FIRST);

  const result = await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });

  expect(result).toMatchObject({ route: 'opened', caseId });
  const after = await caseIn(world, caseId, 'opened');
  expect(after.executionArn).toBe(SECOND);
  expect(after.openedAt).toBe(before.openedAt);
  expect(after.timeline.slice(0, -1)).toEqual(before.timeline);
  expect(after.timeline.at(-1)).toMatchObject({ facts: { previousExecution: FIRST, statusThen: 'disabled' } });
  expect(after).not.toHaveProperty('account');
});

test('of two executions that want to take a case over, one gets it', async () => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world);
  world.workflow.running.delete(FIRST);
  world.workflow.running.add(SECOND).add(THIRD);
  const { openCase } = stepsOf(world);

  const results = await Promise.allSettled(
    [SECOND, THIRD].map((executionArn) => openCase({ executionArn, event: terminationEvent() })),
  );

  const opened = results.filter((result) => result.status === 'fulfilled' && result.value.route === 'opened');
  const refused = results.filter((result) => result.status === 'rejected' || result.value.route === 'duplicate');
  expect(opened).toHaveLength(1);
  expect(refused).toHaveLength(1);
  expect([SECOND, THIRD]).toContain((await caseIn(world, caseId, 'opened')).executionArn);
});

test('a case that failed is taken over by the next delivery once its execution has ended', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(world);
  const failure = { state: 'Disable account', error: 'LastPassUnauthorizedError', message: 'rejected' };
  await stepsOf(world).sealEvidence({ executionArn: FIRST, caseId, failure, ending: {} });
  world.workflow.running.delete(FIRST);

  const result = await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });

  expect(result).toMatchObject({ route: 'opened', caseId });
  expect((await caseIn(world, caseId, 'opened')).timeline.map(({ code }) => code)).toContain('step-failed');
});

test('a case that ended well stays ended, however late a duplicate comes', async () => {
  const world = await openWorld();
  const event = terminationEvent({ employee: { workEmail: 'nobody@example.com' } });
  const input = await openedCase(world, event);
  await stepsOf(world).disableAccount(input);
  world.workflow.running.delete(FIRST);
  const before = await world.dump();

  const result = await stepsOf(world).openCase({ executionArn: SECOND, event });

  expect(result).toMatchObject({ route: 'duplicate' });
  expect(await world.dump()).toBe(before);
});

test('somebody who was hired again and leaves again is a new case', async () => {
  const world = await openWorld();
  const first = await decidedCase(world, KEEP);
  await stepsOf(world).deleteAccount(first);
  const event = terminationEvent({ data: { terminationId: 'term-2' } });

  const second = await stepsOf(world).openCase({ executionArn: SECOND, event });

  expect(second).toMatchObject({ route: 'opened', caseId: expect.not.stringMatching(first.caseId) });
  expect(await statusOf(world, first.caseId)).toBe('finished');
});

test('an event that cannot be handled is parked whole, once, with a reason that names nobody', async () => {
  const world = await openWorld();
  const { openCase } = stepsOf(world);
  const event = terminationEvent({
    employee: { workEmail: 'jane.doe(at)example.com', id: 'J'.repeat(201) },
    data: { terminationId: 7 },
  });

  const first = await openCase({ executionArn: FIRST, event });
  const before = await world.dump();
  const second = await openCase({ executionArn: SECOND, event });

  expect(first).toEqual({ route: 'parked', parkedId: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(second).toEqual(first);
  expect(await world.dump()).toBe(before);
  const { faults, eventText, executionArn } = JSON.parse(before);
  expect(eventText).toBe(JSON.stringify(event));
  expect(executionArn).toBe(FIRST);
  expect(faults.map(({ field }: { field: string }) => field)).toEqual([
    'detail.data.terminationId',
    'detail.data.employee.id',
    'detail.data.employee.workEmail',
  ]);
  expect(JSON.stringify(faults)).not.toMatch(/jane|doe|example\.com|JJJ/i);
});
