import { expect, test } from 'vitest';
import { DESTROY, KEEP, REINSTATE } from '../../approver-browser.ts';
import { askedCase, caseIn, committedCase, decidedCase, SECOND } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const commands = (world: World) => world.simulator.calls.map(({ cmd }) => cmd);
const jane = (world: World) => world.simulator.directory.find(JANE);

function changeJane(
  world: World,
  edit: (user: { isDisabled: boolean; groups: string[]; userId: string }) => void,
): void {
  world.simulator.directory.change(({ users }) => {
    for (const user of users) if (user.username === JANE) edit(user);
  });
}

test('the account is enabled again and proved', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);

  expect(await stepsOf(world).reinstateAccount(input)).toEqual({ caseId: input.caseId, route: 'finished' });

  expect(jane(world)).toMatchObject({ isDisabled: false, groups: ['Engineering', 'On call'] });
  expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({
    outcome: { kind: 'reinstated', proof: { shown: 'getuserdata: listed and enabled' } },
  });
  expect(commands(world)).not.toContain('deluser');
});

test('groups that were lost meanwhile are restored, and new ones are left alone', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  changeJane(world, (user) => {
    user.groups = ['Alumni'];
  });

  await stepsOf(world).reinstateAccount(input);

  expect(jane(world)?.groups).toEqual(['Alumni', 'Engineering', 'On call']);
});

test('groups that LastPass says it restored and does not show are not counted as restored', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  changeJane(world, (user) => {
    user.groups = [];
  });
  world.simulator.faults.next('batchchangegrp', { kind: 'answer', text: '{"status":"OK"}' });

  expect(await errorName(stepsOf(world).reinstateAccount(input))).toBe('NotProvenError');
  await caseIn(world, input.caseId, 'committed');
});

test('LastPass saying that it enabled the account and showing it disabled is not counted as reinstated', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  const claim = JSON.stringify({ status: 'success', enabled_users: [JANE] });
  world.simulator.faults.next('enableuser', { kind: 'answer', text: claim });

  expect(await errorName(stepsOf(world).reinstateAccount(input))).toBe('NotProvenError');
  expect(await stepsOf(world).reinstateAccount(input), 'the next try').toMatchObject({ route: 'finished' });
});

test.each([
  [true, 1],
  [false, 0],
])('LastPass mails a password reset only where that is configured (%s)', async (sendPasswordReset, times) => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);

  await stepsOf(world, { sendPasswordReset }).reinstateAccount(input);

  expect(commands(world).filter((cmd) => cmd === 'resetpassword')).toHaveLength(times);
});

test.each([
  ['refused', { kind: 'answer', text: '{"status":"FAIL","error":["user is federated"]}' }],
  ['not understood', { kind: 'answer', text: '{"status":"OK","error":"odd"}' }],
  ['not answered', { kind: 'serverError' }],
] as const)('a reset mail that is %s is noted beside the reinstatement, which stands', async (_how, fault) => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  world.simulator.faults.next('resetpassword', fault);

  await stepsOf(world, { sendPasswordReset: true }).reinstateAccount(input);

  const { outcome, timeline } = await caseIn(world, input.caseId, 'finished');
  expect(outcome).toMatchObject({ kind: 'reinstated', proof: { shown: 'getuserdata: listed and enabled' } });
  expect(outcome.summary).toContain('The password reset mail was not confirmed');
  expect(timeline.at(-1)?.facts).toMatchObject({ passwordReset: 'not confirmed' });
});

test('a second run of a reinstated case calls LastPass no more', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  await stepsOf(world).reinstateAccount(input);
  const before = await world.dump();
  const calls = world.simulator.calls.length;

  expect(await stepsOf(world).reinstateAccount(input)).toMatchObject({ route: 'finished' });

  expect(world.simulator.calls).toHaveLength(calls);
  expect(await world.dump()).toBe(before);
});

test.each(['timeoutAfterWrite', 'emptyAfterWrite'] as const)(
  'after a lost answer (%s) the next try proves it',
  async (kind) => {
    const world = await openWorld();
    const input = await decidedCase(world, REINSTATE);
    world.simulator.faults.next('enableuser', { kind });

    expect(await errorName(stepsOf(world, { isImpatient: kind.startsWith('timeout') }).reinstateAccount(input))).toBe(
      'LastPassUnavailableError',
    );
    expect(await stepsOf(world).reinstateAccount(input)).toMatchObject({ route: 'finished' });
    expect(jane(world)?.isDisabled).toBe(false);
  },
);

test.each([
  ['before', 1],
  ['after', 1],
  ['before', 2],
  ['after', 2],
] as const)('a crash %s write %i ends, after the next run, in one outcome', async (when, write) => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write }) });
  await expect(crashing.reinstateAccount(input)).rejects.toThrow(CrashError);

  await stepsOf(world).reinstateAccount(input);

  const { timeline, outcome } = await caseIn(world, input.caseId, 'finished');
  expect(outcome.kind).toBe('reinstated');
  expect(timeline.filter(({ code }) => code === 'account-reinstated')).toHaveLength(1);
});

test('an account that is gone cannot be reinstated: a person must look, and the decision stays open', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  world.simulator.directory.change((directory) => {
    directory.users = directory.users.filter(({ username }) => username !== JANE);
  });

  expect(await errorName(stepsOf(world).reinstateAccount(input))).toBe('AccountAnomalyError');
  await caseIn(world, input.caseId, 'decided');
});

test('somebody else who has the address now is not enabled', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);
  changeJane(world, (user) => {
    user.userId = '499999999';
  });

  expect(await errorName(stepsOf(world).reinstateAccount(input))).toBe('AccountAnomalyError');
  expect(commands(world)).not.toContain('enableuser');
});

test('nothing is reinstated without a decision, with another one, or with another choice', async () => {
  const undecided = await openWorld();
  const asked = await askedCase(undecided);
  const withoutDecision = stepsOf(undecided).reinstateAccount({ ...asked, decisionId: 'forged' });
  expect(await errorName(withoutDecision)).toBe('DecisionMissingError');

  for (const filled of [KEEP, DESTROY]) {
    const world = await openWorld();
    const input = await decidedCase(world, filled);
    expect(await errorName(stepsOf(world).reinstateAccount(input))).toBe('DecisionMissingError');
    expect(jane(world)?.isDisabled).toBe(true);
  }

  const world = await openWorld();
  const input = await committedCase(world, REINSTATE);
  const withAnother = stepsOf(world).reinstateAccount({ ...input, decisionId: 'another' });
  expect(await errorName(withAnother)).toBe('DecisionMissingError');
  expect(commands(world)).not.toContain('enableuser');
});

test('an execution that was superseded enables nobody', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, REINSTATE);

  expect(await errorName(stepsOf(world).reinstateAccount({ ...input, executionArn: SECOND }))).toBe('SupersededError');
  expect(jane(world)?.isDisabled).toBe(true);
});
