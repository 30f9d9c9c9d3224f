import { describe, expect, test } from 'vitest';
import { busEvent } from '../../../lambdas/hr-sources/bus-event.ts';
import { DESTROY, decideAs, KEEP, linkIdOf, openPage, REINSTATE } from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, FIRST, openedCase, SECOND } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { cancellation, reactivation, rehire, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';
import { translateFixture } from '../hr-sources/read-fixture.ts';

const THIRD = `${FIRST}-third`;
const DIRECTORY = 'com.example.directory';

async function report(world: World, executionArn: string, event: unknown) {
  world.workflow.running.add(executionArn);
  return stepsOf(world).openCase({ executionArn, event });
}

/** What a vendor's sample comes to on the bus. */
async function onBus(name: string) {
  const translation = await translateFixture(name);
  const [event] = translation.kind === 'events' ? translation.events : [];
  if (!event) throw new Error(`${name} came to ${translation.kind}`);
  const whole = busEvent(event, name.split('/')[0] ?? '');
  return { version: '0', id: name, ...whole };
}

const parkedIn = async (world: World) =>
  (await world.dump()).split('\n').flatMap((item) => JSON.parse(item).faults ?? []);

/** Another system than the one that reported the leaver says that the person is active. */
const saysDirectory = (minute: number, employee: Record<string, unknown> = { id: 'dir-1', workEmail: JANE }) => ({
  ...reactivation({
    metadata: { eventId: `dir-${minute}`, occurredAt: `2026-11-21T10:${String(minute).padStart(2, '0')}:00Z` },
    data: { employee },
  }),
  source: DIRECTORY,
});

describe('whoever comes back, as the vendors say it, has the employment that ended taken back', () => {
  test.each([
    ['bamboohr/terminated', 'bamboohr/rehired'],
    ['hibob/terminated', 'hibob/joined'],
    ['hibob/terminated', 'hibob/rehired'],
    ['hibob/terminated', 'hibob/activated'],
    ['okta/terminated', 'okta/activated'],
    ['okta/terminated', 'okta/reactivated'],
    ['okta/terminated', 'okta/unsuspended'],
    ['gusto/terminated', 'gusto/rehired'],
  ])('%s, then %s: reinstated, although approvers have decided to destroy the vault', async (left, back) => {
    const world = await openWorld();
    const { caseId } = await decidedCase(world, DESTROY, await onBus(left));

    expect(await report(world, SECOND, await onBus(back))).toMatchObject({ route: 'reinstate', caseId });

    const { decision } = await caseIn(world, caseId, 'decided');
    await stepsOf(world).reinstateAccount({ caseId, executionArn: SECOND, decisionId: decision.decisionId });
    expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(false);
  });

  test('before the last day it just ends, and a second run of the same delivery says the same', async () => {
    const world = await openWorld();
    const planned = terminationEvent({ data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'UTC' } });
    const { caseId } = await openedCase(world, planned);
    const back = reactivation({ metadata: { occurredAt: '2026-11-21T10:00:01Z' } });

    expect(await report(world, SECOND, back)).toEqual({ route: 'finished', caseId });
    expect(await report(world, SECOND, back)).toEqual({ route: 'finished', caseId });
    expect(await caseIn(world, caseId, 'finished')).toMatchObject({ outcome: { kind: 'withdrawn' } });
  });

  test('found by the system’s own id of the employee, whatever their address is now', async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    const employee = { id: 'emp-1', workEmail: 'jane.married@example.com' };
    const back = reactivation({ metadata: { occurredAt: '2026-11-21T10:00:01Z' }, data: { employee } });

    expect(await report(world, SECOND, back)).toMatchObject({ route: 'reinstate', caseId });
  });

  test('a reactivation that overtakes its deactivation: nothing is disabled', async () => {
    const world = await openWorld();
    expect(await report(world, FIRST, await onBus('okta/reactivated'))).toEqual({ route: 'early cancellation' });

    expect(await report(world, SECOND, await onBus('okta/terminated'))).toMatchObject({ route: 'finished' });
    expect(world.simulator.calls).toEqual([]);
  });
});

describe('an ordinary hire or activation is nothing', () => {
  test.each(['okta/activated', 'hibob/joined', 'bamboohr/rehired'])('%s', async (name) => {
    const world = await openWorld();
    expect(await report(world, FIRST, await onBus(name))).toMatchObject({ route: 'early cancellation' });
    expect(await parkedIn(world)).toEqual([]);
  });

  test('and what was said before the person left is old', async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    const before = { metadata: { occurredAt: '2026-11-20T10:00:00Z' } };

    expect(await report(world, SECOND, { ...reactivation(before), source: DIRECTORY })).toMatchObject({
      route: 'duplicate',
    });
    expect(await caseIn(world, caseId, 'asked')).not.toHaveProperty('activeAgain');
    expect(await parkedIn(world)).toEqual([]);
  });
});

describe('a system that may not take the termination back', () => {
  test.each([
    ['by the work address', saysDirectory(1)],
    ['by another spelling of it', saysDirectory(1, { id: 'dir-1', workEmail: 'Jane.Doe+work@example.com' })],
    [
      'a rehire of a termination that is not known',
      rehire({ metadata: { occurredAt: '2026-11-21T10:01:00Z' }, data: { terminationId: 'term-9' } }),
    ],
    [
      'a cancellation that names another termination of the same employee',
      cancellation({ metadata: { occurredAt: '2026-11-21T10:01:00Z' }, data: { terminationId: 'term-9' } }),
    ],
    [
      'another system’s cancellation that tells the address',
      {
        ...cancellation({
          metadata: { occurredAt: '2026-11-21T10:01:00Z' },
          data: { employee: { id: 'x', workEmail: JANE.toUpperCase() } },
        }),
        source: DIRECTORY,
      },
    ],
  ])('%s is parked and told, and closes what cannot be undone', async (_how, event) => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);

    const result = await report(world, SECOND, event);

    expect(result).toMatchObject({ route: 'too late', caseId, fault: { field: 'detail.data.employee' } });
    expect(await caseIn(world, caseId, 'asked')).toMatchObject({ executionArn: FIRST, activeAgain: [{}] });
    expect(await parkedIn(world)).toMatchObject([{ field: 'detail.data.employee' }]);
    expect((await decideAs(world, ALEX.email, DESTROY)).statusCode).toBe(422);
    expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
  });

  test('everybody who was asked is mailed once, however often it is delivered or said again', async () => {
    const world = await openWorld();
    await askedCase(world);
    const before = world.mailbox.sent.length;
    for (const [executionArn, event] of [
      [SECOND, saysDirectory(1)],
      [THIRD, saysDirectory(1)],
      [`${THIRD}-2`, saysDirectory(2)],
    ] as const) {
      const result = await report(world, executionArn, event);
      if (result.route === 'too late') await stepsOf(world).notifyLateChange(result);
    }
    const mails = world.mailbox.sent.slice(before);
    expect(mails.map(({ to }) => to).sort()).toEqual([ALEX.email, SAM.email]);
    expect(mails[0]?.text).toContain('active again');
  });

  test('of two reports one is taken back: the other stands, and what cannot be undone is closed', async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    await report(world, SECOND, { ...terminationEvent({ employee: { id: 'dir-1' } }), source: DIRECTORY });

    expect(
      await report(world, THIRD, cancellation({ metadata: { eventId: 'back', occurredAt: '2026-11-21T10:01:00Z' } })),
    ).toMatchObject({
      route: 'too late',
      caseId,
    });

    expect((await decideAs(world, ALEX.email, DESTROY)).statusCode).toBe(422);
  });

  test.each(['lastpass', 'guide'] as const)(
    'the page offers what can be undone and says why, under the contract %s',
    async (contract) => {
      const world = await openWorld({ contract });
      await askedCase(world);
      await report(world, SECOND, saysDirectory(1));

      const { body } = await openPage(world, linkIdOf(world, ALEX.email));

      const offered = [...body.matchAll(/name="choice" id="choice-(\w+)"/g)].map(([, choice]) => choice).sort();
      expect(offered).toEqual(contract === 'guide' ? ['reinstate'] : ['0', 'reinstate']);
      expect(body).toContain('reported as active again');
      expect(body).toContain(DIRECTORY);
    },
  );

  test('a second vote, from a page that was opened before, does not complete the first', async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    await decideAs(world, ALEX.email, DESTROY);
    await report(world, SECOND, saysDirectory(1));

    expect((await decideAs(world, SAM.email, DESTROY)).statusCode).toBe(422);
    await caseIn(world, caseId, 'asked');
  });

  test('keeping the account disabled and reinstating it stay possible', async () => {
    const [kept, back] = [await openWorld(), await openWorld()];
    for (const [world, filled] of [
      [kept, KEEP],
      [back, REINSTATE],
    ] as const) {
      await askedCase(world);
      await report(world, SECOND, saysDirectory(1));
      expect((await decideAs(world, ALEX.email, filled)).statusCode).toBe(303);
    }
  });

  test('a decision that is held is not carried out, before the hold and at the final gate', async () => {
    const world = await openWorld();
    const input = await decidedCase(world, DESTROY);
    await report(world, SECOND, saysDirectory(1));

    expect(await errorName(stepsOf(world).confirmDecision({ ...input, isTimedOut: false }))).toBe('ActiveAgainError');
    world.clock.advance({ seconds: world.holdSeconds + 1 });
    expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('ActiveAgainError');

    expect(world.simulator.directory.find(JANE)).toBeDefined();
    const failure = { state: 'Delete account', error: 'ActiveAgainError', message: 'active again' };
    await stepsOf(world).sealEvidence({ ...input, ending: {}, failure });
    expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({
      outcome: { kind: 'failed' },
      activeAgain: [{ source: DIRECTORY }],
    });
  });

  test('a crash between parking and noting: the second run closes it all the same', async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    const event = saysDirectory(1);
    world.workflow.running.add(SECOND);
    const cases = Object.assign(Object.create(world.cases), {
      replace: async () => Promise.reject(new Error('killed')),
    });
    await stepsOf(world, { cases })
      .openCase({ executionArn: SECOND, event })
      .catch(() => undefined);

    expect(await report(world, SECOND, event)).toMatchObject({ route: 'too late' });
    expect(await caseIn(world, caseId, 'asked')).toMatchObject({ activeAgain: [{ source: DIRECTORY }] });
  });

  test('a later report of the same system that the person has left clears it; one of another system does not', async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    await report(world, SECOND, saysDirectory(1));
    const later = (source: string, id: string) => ({
      ...terminationEvent({
        employee: { id },
        metadata: { eventId: `${source}-again`, occurredAt: '2026-11-21T10:05:00Z' },
      }),
      source,
    });
    world.clock.advance({ seconds: 600 });

    await report(world, THIRD, later('com.example.payroll', 'pay-1'));
    expect((await decideAs(world, ALEX.email, DESTROY)).statusCode).toBe(422);

    await report(world, `${THIRD}-2`, later(DIRECTORY, 'dir-1'));
    expect(await caseIn(world, caseId, 'asked')).toMatchObject({ activeAgain: [{ cleared: { by: DIRECTORY } }] });
    expect((await decideAs(world, ALEX.email, DESTROY)).statusCode).toBe(200);
  });

  test('taken up again, the case still remembers it', async () => {
    const world = await openWorld();
    const { caseId } = await askedCase(world);
    await report(world, SECOND, saysDirectory(1));
    world.workflow.running.delete(FIRST);
    await report(world, THIRD, terminationEvent());

    expect(await caseIn(world, caseId, 'opened')).toMatchObject({
      executionArn: THIRD,
      activeAgain: [{ source: DIRECTORY }],
    });
  });
});
