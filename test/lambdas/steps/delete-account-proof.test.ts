import { expect, test } from 'vitest';
import { deleteAccount } from '../../../lambdas/steps/delete-account.ts';
import { DESTROY, KEEP, LEAVE } from '../../approver-browser.ts';
import { caseIn, decidedCase, dueCase } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const deletions = (world: World) => world.simulator.calls.filter(({ cmd }) => cmd === 'deluser');
const jane = (world: World) => world.simulator.directory.find(JANE);

const LOST_ANSWERS = ['timeoutAfterWrite', 'resetAfterWrite', 'emptyAfterWrite', 'truncatedAfterWrite'] as const;

test.each(LOST_ANSWERS.flatMap((kind) => [[kind, LEAVE] as const, [kind, DESTROY] as const]))(
  'a lost answer (%s) is not asked for twice: what LastPass shows then is the proof (%o)',
  async (kind, filled) => {
    const world = await openWorld();
    const input = await dueCase(world, filled);
    world.simulator.faults.next('deluser', { kind });
    expect(await errorName(stepsOf(world, { isImpatient: kind.startsWith('timeout') }).deleteAccount(input))).toBe(
      'LastPassUnavailableError',
    );
    await caseIn(world, input.caseId, 'committed');

    expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });

    expect(deletions(world)).toHaveLength(1);
    expect((await caseIn(world, input.caseId, 'finished')).outcome).toMatchObject({ kind: 'carried-out' });
  },
);

test('keeping an account disabled leaves nothing to see, so after a lost answer it is asked for again, harmlessly', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);
  world.simulator.faults.next('deluser', { kind: 'emptyAfterWrite' });
  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('LastPassUnavailableError');

  expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });

  expect(deletions(world)).toHaveLength(2);
  expect(jane(world)?.isDisabled).toBe(true);
});

test('a command that never arrived is sent again', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  world.simulator.faults.next('deluser', { kind: 'timeoutBeforeWrite' });
  expect(await errorName(stepsOf(world, { isImpatient: true }).deleteAccount(input))).toBe('LastPassUnavailableError');

  await stepsOf(world).deleteAccount(input);

  expect(deletions(world)).toHaveLength(2);
  expect(jane(world)).toBeUndefined();
});

test.each([LEAVE, DESTROY])('LastPass saying OK and doing nothing is never counted as done (%o)', async (filled) => {
  const world = await openWorld();
  const input = await dueCase(world, filled);
  world.simulator.faults.next('deluser', { kind: 'answer', text: '{"status":"OK"}' }, 3);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('NotProvenError');
  }

  await caseIn(world, input.caseId, 'committed');
  expect(jane(world)?.isDisabled).toBe(true);
});

test.each([
  ['her own entry', '400000001', 'LastPassUnexpectedAnswerError'],
  ['an entry without a number', 'x', 'LastPassUnexpectedAnswerError'],
  ['somebody else by number', '400000777', 'nothing failed'],
])('"not listed" is no proof while %s cannot be read', async (_whose, key, expected) => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  const strange = { username: null, disabled: true, admin: false };
  const everybody = JSON.stringify({ total: 1, count: 1, Users: { [key]: strange } });
  const { lastPass, simulator } = world;
  const step = deleteAccount({
    ...{ cases: world.cases, contract: world.contract, rules: world.rules, now: world.clock.now },
    ...{ people: world.people, departures: world.departures, readings: world.readings, readBrake: world.readBrake },
    lastPass: {
      ...lastPass,
      async deleteAccount(request) {
        const answer = await lastPass.deleteAccount(request);
        // The look-up by address finds nobody; the list of everybody has one who cannot be read.
        simulator.faults.next('getuserdata', { kind: 'latency', latencyMs: 0 });
        simulator.faults.next('getuserdata', { kind: 'answer', text: everybody });
        return answer;
      },
    },
  });

  expect(await errorName(step(input))).toBe(expected);
  await caseIn(world, input.caseId, expected === 'nothing failed' ? 'finished' : 'committed');
});

test('an effect that must leave the account disabled is not proved by an account that is gone', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);
  const { lastPass } = world;
  const step = deleteAccount({
    ...{ cases: world.cases, contract: world.contract, rules: world.rules, now: world.clock.now },
    ...{ people: world.people, departures: world.departures, readings: world.readings, readBrake: world.readBrake },
    lastPass: {
      ...lastPass,
      findAccount: (address) => lastPass.findAccount(address),
      // A tenant that reads the numbers in another way than the contract in force.
      deleteAccount: ({ username }) => lastPass.deleteAccount({ username, action: 1 }),
    },
  });

  expect(await errorName(step(input))).toBe('NotProvenError');
});

test.each([
  ['before', 1],
  ['after', 1],
  ['before', 2],
  ['after', 2],
] as const)('a crash %s write %i ends, after the next run, in one deletion and one outcome', async (when, write) => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write }) });
  await expect(crashing.deleteAccount(input)).rejects.toThrow(CrashError);
  if (write === 1) expect(deletions(world), 'nothing before the gate is closed').toEqual([]);

  await stepsOf(world).deleteAccount(input);

  expect(deletions(world)).toHaveLength(1);
  const { timeline } = await caseIn(world, input.caseId, 'finished');
  expect(timeline.filter(({ code }) => code === 'effect-carried-out')).toHaveLength(1);
});
