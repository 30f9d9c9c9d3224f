import { expect, test } from 'vitest';
import { DESTROY, type FilledIn, KEEP, LEAVE, REINSTATE } from '../../approver-browser.ts';
import {
  askedCase,
  caseIn,
  committedCase,
  decidedCase,
  disabledCase,
  dueCase,
  FIRST,
  openedCase,
  SECOND,
} from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const deletions = (world: World) => world.simulator.calls.filter(({ cmd }) => cmd === 'deluser');

test.each([
  ['lastpass', KEEP, 'listed and disabled', []],
  ['lastpass', LEAVE, 'not listed', ['left with the vault']],
  ['lastpass', DESTROY, 'not listed', ['destroyed with the vault']],
  ['guide', { ...LEAVE, choice: '0' }, 'not listed', ['left with the vault']],
  ['guide', { ...DESTROY, choice: '1' }, 'not listed', ['destroyed with the vault']],
  ['guide', DESTROY, 'not listed', ['destroyed with the vault']],
] as const)(
  'under the contract %s, %o is carried out once and proved as "%s"',
  async (contract, filled, proof, fates) => {
    const world = await openWorld({ contract });
    const input = await dueCase(world, filled);

    expect(await stepsOf(world).deleteAccount(input)).toEqual({ caseId: input.caseId, route: 'finished' });

    expect(deletions(world).map(({ data }) => data)).toEqual([{ username: JANE, deleteaction: Number(filled.choice) }]);
    expect(world.simulator.directory.snapshot().departures.map(({ fate }) => fate)).toEqual(fates);
    const { outcome } = await caseIn(world, input.caseId, 'finished');
    expect(outcome).toMatchObject({ kind: 'carried-out', proof: { shown: `getuserdata: ${proof}` } });
  },
);

test('a second run of a case that is carried out calls LastPass no more', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  await stepsOf(world).deleteAccount(input);
  const before = await world.dump();
  const calls = world.simulator.calls.length;

  expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });

  expect(world.simulator.calls).toHaveLength(calls);
  expect(await world.dump()).toBe(before);
});

test.each([
  ['opened', openedCase],
  ['disabled', disabledCase],
  ['asked', askedCase],
] as const)('a case that is only %s is never deleted, whatever decision id comes along', async (_status, bringCase) => {
  const world = await openWorld();
  const input = await bringCase(world);
  const before = await world.dump();

  expect(await errorName(stepsOf(world).deleteAccount({ ...input, decisionId: 'forged' }))).toBe(
    'DecisionMissingError',
  );

  expect(deletions(world)).toEqual([]);
  expect(await world.dump()).toBe(before);
});

test.each([
  ['decided', decidedCase],
  ['committed', committedCase],
] as const)(
  'another decision than the recorded one deletes nothing while the case is %s',
  async (_status, bringCase) => {
    const world = await openWorld({ holdSeconds: 0 });
    const input = await bringCase(world, DESTROY);
    const before = await world.dump();

    expect(await errorName(stepsOf(world).deleteAccount({ ...input, decisionId: 'another' }))).toBe(
      'DecisionMissingError',
    );

    expect(deletions(world)).toEqual([]);
    expect(await world.dump()).toBe(before);
  },
);

test('a decision to reinstate deletes nothing', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);

  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('DecisionMissingError');
  expect(deletions(world)).toEqual([]);
});

test.each([LEAVE, DESTROY])(
  'nothing irreversible happens before the hold has ended (%o), and then it does',
  async (filled) => {
    const world = await openWorld();
    const input = await decidedCase(world, filled);
    const { holdUntil = '' } = await caseIn(world, input.caseId, 'decided');
    const before = await world.dump();

    world.clock.set(new Date(Date.parse(holdUntil) - 1).toISOString());
    // Not one of the errors that end a case: a clock that runs behind Step Functions' own is no reason to give up.
    expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('HoldNotOverError');
    expect(deletions(world)).toEqual([]);
    expect(await world.dump()).toBe(before);

    world.clock.set(holdUntil);
    expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });
  },
);

test('keeping the account disabled needs no hold', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);

  expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });
});

test('an irreversible decision without a hold on record is not carried out', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  const { holdUntil: _holdUntil, ...decided } = await caseIn(world, input.caseId, 'decided');
  await world.cases.replace(decided, decided);

  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('DecisionMissingError');
  expect(deletions(world)).toEqual([]);
});

test.each([
  ['lastpass', 'guide'],
  ['guide', 'lastpass'],
] as const)(
  'a decision made under %s is not carried out under %s: the numbers mean something else there',
  async (then, now) => {
    const world = await openWorld({ contract: then });
    const input = await dueCase(world, DESTROY);
    const before = await world.dump();

    expect(await errorName(stepsOf({ ...world, contract: now }).deleteAccount(input))).toBe('DecisionMissingError');

    expect(deletions(world)).toEqual([]);
    expect(await world.dump()).toBe(before);
  },
);

const ANOMALIES: readonly (readonly [string, (world: World) => void])[] = [
  [
    'another user id has the address',
    (world) => world.simulator.directory.change(({ users }) => renumber(users, '499999999')),
  ],
  [
    'the account was enabled again',
    (world) =>
      world.simulator.directory.change(({ users }) => {
        for (const user of users) if (user.username === JANE) user.isDisabled = false;
      }),
  ],
  [
    'the account is gone before any attempt of ours',
    (world) =>
      world.simulator.directory.change((directory) => {
        directory.users = directory.users.filter(({ username }) => username !== JANE);
      }),
  ],
  [
    'only an invitation is left',
    (world) =>
      world.simulator.directory.change((directory) => {
        directory.users = directory.users.filter(({ username }) => username !== JANE);
        directory.invited.push(JANE);
      }),
  ],
];

function renumber(users: { username: string; userId: string }[], userId: string): void {
  for (const user of users) if (user.username === JANE) user.userId = userId;
}

test.each(ANOMALIES)(
  'a person must look when %s: nothing is deleted and the gate stays open',
  async (_what, change) => {
    const world = await openWorld();
    const input = await dueCase(world, DESTROY);
    change(world);

    expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('AccountAnomalyError');

    expect(deletions(world)).toEqual([]);
    await caseIn(world, input.caseId, 'decided');
  },
);

test.each(ANOMALIES.slice(0, 2))('behind the closed gate, too, nothing is deleted when %s', async (_what, change) => {
  const world = await openWorld();
  const input = await committedCase(world, DESTROY);
  change(world);

  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('AccountAnomalyError');
  expect(deletions(world)).toEqual([]);
});

test('two runs at the same moment close the gate once, and only the one that closed it acts', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);

  const results = await Promise.all([1, 2, 3].map(() => errorName(stepsOf(world).deleteAccount(input))));

  expect(results.filter((name) => name === 'nothing failed')).toHaveLength(1);
  expect(results.filter((name) => name === 'CaseChangedError')).toHaveLength(2);
  expect(deletions(world)).toHaveLength(1);
});

test('an execution that was superseded deletes nothing, even with the decision in its hands', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  world.workflow.running.delete(FIRST);
  await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });

  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('SupersededError');
  expect(deletions(world)).toEqual([]);
});

test('an account that LastPass spells in another case is deleted under its own spelling', async () => {
  const world = await openWorld({ quirks: { comparesCase: true } });
  const workEmail = 'mixed.case@example.com';
  const filled: FilledIn = { ...DESTROY, confirmAddress: workEmail };
  const input = await dueCase(world, filled, terminationEvent({ employee: { workEmail } }));

  await stepsOf(world).deleteAccount(input);

  expect(world.simulator.directory.find('Mixed.Case@Example.com')).toBeUndefined();
});
