import { describe, expect, test } from 'vitest';
import { createCountLeaver } from '../../../lambdas/brake/count-leaver.ts';
import { createReadBrake } from '../../../lambdas/cases/pause-store.ts';
import { leaversAllowed } from '../../../lambdas/domain/brake/leaver-limit.ts';
import { REINSTATE } from '../../approver-browser.ts';
import { decidedCase, FIRST, SECOND } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { openWorld, type World } from '../../offboarding-world.ts';
import { leaves, manyLeave } from './surge.ts';

const CASE_ID = 'case-0123456789abcdef01234567';

describe('how many leavers an hour are nothing unusual', () => {
  test.each([
    [undefined, 25],
    [0, 25],
    [5_000, 25],
    [5_200, 26],
    [12_000, 60],
    [50_000, 250],
    [200_000, 250],
  ])('%s accounts: %i', (accounts, allowed) => {
    expect(leaversAllowed(accounts, {})).toBe(allowed);
  });

  test('the configuration only ever makes it fewer', () => {
    expect(leaversAllowed(undefined, { leaversAnHour: 3 })).toBe(3);
    expect(leaversAllowed(undefined, { leaversAnHour: 100 })).toBe(25);
    expect(leaversAllowed(50_000, { leaversAnHour: 100 })).toBe(100);
  });
});

describe('reported leavers are counted', () => {
  test('twenty-five within an hour are nothing, and one more pauses deletes, once', async () => {
    const world = await openWorld();
    await manyLeave(world, 25);
    expect(await world.readBrake()).toEqual({ kind: 'off' });

    await leaves(world, 26);
    await leaves(world, 27);

    const cause = { kind: 'surge', leavers: 26, limit: 25 };
    expect(await world.readBrake()).toMatchObject({ kind: 'paused', pause: { number: 1, cause } });
    expect(await world.pauses.latest()).toMatchObject({ cause: { caseIds: { length: 26 } } });
    expect(world.brakeHeard).toEqual(['paused']);
  });

  test('an hour is any sixty minutes, not one of the clock', async () => {
    const world = await openWorld();
    await manyLeave(world, 20);
    world.clock.advance({ seconds: 3_599 });
    await manyLeave(world, 5, 20);
    expect((await world.readBrake()).kind).toBe('off');
    world.clock.advance({ seconds: 2 });
    await manyLeave(world, 20, 25);
    expect((await world.readBrake()).kind).toBe('off');
    await leaves(world, 46);
    expect((await world.readBrake()).kind).toBe('paused');
  });

  test('all of a moment together', async () => {
    const world = await openWorld();
    await Promise.all(Array.from({ length: 60 }, (_, index) => leaves(world, index)));
    expect((await world.readBrake()).kind).toBe('paused');
    expect(world.brakeHeard).toEqual(['paused']);
  });

  test('by the size of the directory, as the look for shared folders found it', async () => {
    const world = await openWorld();
    await world.noteDirectorySize(6_000);
    await manyLeave(world, 30);
    expect((await world.readBrake()).kind).toBe('off');
    await leaves(world, 31);
    expect((await world.readBrake()).kind).toBe('paused');
  });

  test('also those who leave in a month: what is still to come can be stopped best', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    const data = { immediate: false, lastWorkingMoment: '2026-12-21', timeZone: 'UTC' };
    await leaves(world, 1, { data });
    await leaves(world, 2, { data });
    expect((await world.readBrake()).kind).toBe('paused');
  });

  test('also who was taken back and is reported to leave again', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    await leaves(world, 1);
    await leaves(world, 1, { isTakenBack: true, minute: 1 });
    world.clock.advance({ seconds: 7_200 });
    await leaves(world, 2);
    expect((await world.readBrake()).kind).toBe('off');

    await leaves(world, 1, { minute: 2 });

    expect((await world.readBrake()).kind).toBe('paused');
  });
});

describe('nobody is counted twice, or for nothing', () => {
  async function isPausedAfter(world: World, ...ids: number[]): Promise<boolean> {
    for (const id of ids) await leaves(world, id);
    return (await world.readBrake()).kind === 'paused';
  }

  test('a second delivery, and a second run after a crash at the claim', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 2 } });
    const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when: 'before', write: 1 }) });
    const event = terminationEvent();
    await expect(crashing.openCase({ executionArn: FIRST, event })).rejects.toThrow(CrashError);
    world.workflow.running.add(FIRST);
    world.clock.advance({ seconds: 60 });
    await stepsOf(world).openCase({ executionArn: FIRST, event });
    await stepsOf(world).openCase({ executionArn: FIRST, event });
    await stepsOf(world).openCase({ executionArn: SECOND, event });
    expect(await isPausedAfter(world, 1)).toBe(false);
    expect(await isPausedAfter(world, 2)).toBe(true);
  });

  test('who was claimed by a run that died right after it was counted', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when: 'after', write: 1 }) });
    const input = { executionArn: FIRST, event: terminationEvent() };
    await expect(crashing.openCase(input)).rejects.toThrow(CrashError);
    expect(await stepsOf(world).openCase(input)).toMatchObject({ route: 'opened' });
    expect(await isPausedAfter(world, 1)).toBe(true);
  });

  test('a second report of the same person, by another system', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 2 } });
    await leaves(world, 1);
    await leaves(world, 1, { source: 'com.example.payroll' });
    await leaves(world, 1, { source: 'com.example.directory' });
    expect(await isPausedAfter(world, 2)).toBe(false);
  });

  test('a termination that was taken back before it arrived', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    for (const id of [1, 2, 3]) {
      await leaves(world, id, { isTakenBack: true, minute: 1 });
      expect(await leaves(world, id)).toMatchObject({ route: 'finished' });
    }
    expect((await world.readBrake()).kind).toBe('off');
  });

  test('a case that an operator has taken up again', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    await leaves(world, 1);
    world.workflow.running.clear();
    expect(await leaves(world, 1)).toMatchObject({ route: 'opened' });
    expect(world.brakeHeard).toEqual([]);
  });
});

describe('disabling never depends on it', () => {
  test('leavers are opened and disabled while deletes are paused, and where nobody can be counted', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    await manyLeave(world, 2);
    const broken = {
      ...world,
      countLeaver: createCountLeaver({
        open: () => {
          throw new Error('the store is away');
        },
        rules: {},
        onPaused: () => undefined,
        onUncounted: () => void world.brakeHeard.push('uncounted'),
        now: world.clock.now,
      }),
    };

    expect(await leaves(broken, 3)).toMatchObject({ route: 'opened' });
    expect(world.brakeHeard).toEqual(['paused', 'uncounted']);

    const { caseId } = await decidedCase(world, REINSTATE);
    expect((await world.cases.find(caseId))?.timeline.map(({ code }) => code)).toContain('account-disabled');
  });

  test('what cannot be read counts as paused', async () => {
    const latest = async () => Promise.reject(new Error('the store is away'));
    expect(await createReadBrake({ latest })()).toEqual({ kind: 'unreadable' });
  });

  test('while deletes are paused a leaver costs one read and no write', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    await manyLeave(world, 2);
    const before = await world.dump();
    await world.countLeaver(CASE_ID);
    expect(await world.dump()).toBe(before);
  });
});
