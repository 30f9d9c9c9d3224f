import { expect, test } from 'vitest';
import { caseIn, disabledCase, FIRST, openedCase, SECOND } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const leaver = (workEmail: string) => terminationEvent({ employee: { workEmail } });
const commands = (world: World) => world.simulator.calls.map(({ cmd }) => cmd);
const isDisabled = (world: World, address = JANE) => world.simulator.directory.find(address)?.isDisabled;

test('an ordinary account is looked up, disabled under the name that LastPass lists, and proved: three calls', async () => {
  const world = await openWorld();
  const input = await openedCase(world);

  const result = await stepsOf(world).disableAccount(input);

  expect(result).toEqual({ caseId: input.caseId, route: 'disabled' });
  expect(commands(world)).toEqual(['getuserdata', 'disableuser', 'getuserdata']);
  expect(isDisabled(world)).toBe(true);
  expect(await caseIn(world, input.caseId, 'disabled')).toMatchObject({
    disabledAt: world.clock.now().toISOString(),
    account: {
      userId: '400000001',
      username: JANE,
      fullName: 'Jane Doe',
      groups: ['Engineering', 'On call'],
      wasDisabledBefore: false,
    },
  });
});

test('a second run passes a disabled case on without calling LastPass', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const before = await world.dump();
  const calls = world.simulator.calls.length;

  expect(await stepsOf(world).disableAccount(input)).toEqual({ caseId: input.caseId, route: 'disabled' });

  expect(world.simulator.calls).toHaveLength(calls);
  expect(await world.dump()).toBe(before);
});

test.each(['empty list', 'empty object', 'error'] as const)(
  'an address that nobody has ends the case before anything is disabled (LastPass answers with an %s)',
  async (unknownUser) => {
    const world = await openWorld({ quirks: { unknownUser } });
    const input = await openedCase(world, leaver('nobody@example.com'));

    expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'finished' });

    const { outcome } = await caseIn(world, input.caseId, 'finished');
    expect(outcome).toMatchObject({ kind: 'nobody-found', proof: { shown: 'getuserdata lists nobody' } });
    expect(outcome.summary).toContain('nothing was disabled');
    expect(commands(world)).not.toContain('disableuser');
  },
);

test('an open invitation is an outcome of its own, and nothing is parked', async () => {
  const world = await openWorld();
  const input = await openedCase(world, leaver('iris.invited@example.com'));
  const ended = { caseId: input.caseId, route: 'finished', outcome: {} };

  expect(await stepsOf(world).disableAccount(input)).toEqual(ended);
  expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({ outcome: { kind: 'invited-only' } });

  expect(await stepsOf(world).disableAccount(input), 'a second run').toEqual(ended);
  expect(await world.dump()).not.toContain('parked');
});

test('an account that LastPass spells in another case is disabled under its own spelling', async () => {
  const world = await openWorld({ quirks: { comparesCase: true } });
  const input = await openedCase(world, leaver('mixed.case@example.com'));

  expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'disabled' });

  expect(isDisabled(world, 'Mixed.Case@Example.com')).toBe(true);
  const { account } = await caseIn(world, input.caseId, 'disabled');
  expect(account).toMatchObject({ username: 'Mixed.Case@Example.com', wasDisabledBefore: false });
});

test('an account that was disabled already is its own proof: one call, and the case says that it was not us', async () => {
  const world = await openWorld();
  const input = await openedCase(world, leaver('dora.disabled@example.com'));

  expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'disabled' });

  const { account, timeline } = await caseIn(world, input.caseId, 'disabled');
  expect(account.wasDisabledBefore).toBe(true);
  expect(timeline.at(-1)?.code).toBe('found-disabled');
  expect(commands(world)).toEqual(['getuserdata']);
});

test('an account counts as disabled only once getuserdata lists it so', async () => {
  const world = await openWorld();
  const input = await openedCase(world);
  const claim = { status: 'success', disabled_users: [JANE] };
  world.simulator.faults.next('disableuser', { kind: 'answer', text: JSON.stringify(claim) });

  expect(await errorName(stepsOf(world).disableAccount(input))).toBe('NotProvenError');
  expect((await caseIn(world, input.caseId, 'opened')).status).toBe('opened');

  expect(await stepsOf(world).disableAccount(input), 'the next try').toMatchObject({ route: 'disabled' });
  expect(isDisabled(world)).toBe(true);
});

test.each(['timeoutAfterWrite', 'resetAfterWrite', 'emptyAfterWrite', 'truncatedAfterWrite'] as const)(
  'after a lost answer (%s) the account is proved on the next try, and was disabled by us',
  async (kind) => {
    const world = await openWorld();
    const input = await openedCase(world);
    world.simulator.faults.next('disableuser', { kind });

    expect(await errorName(stepsOf(world, { isImpatient: kind.startsWith('timeout') }).disableAccount(input))).toBe(
      'LastPassUnavailableError',
    );
    expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'disabled' });

    const { account, timeline } = await caseIn(world, input.caseId, 'disabled');
    expect(account.wasDisabledBefore).toBe(false);
    expect(timeline.at(-1)?.code).toBe('account-disabled');
    const disablings = world.simulator.directory
      .snapshot()
      .events.filter(({ action }) => action === 'Deactivated User');
    expect(disablings).toHaveLength(1);
  },
);

test.each([
  ['before', 1, false],
  ['after', 1, false],
  ['before', 2, true],
] as const)(
  'after a crash %s write %i the next run disables and proves, and does not call it somebody else’s work',
  async (when, write, isAlreadyDisabled) => {
    const world = await openWorld();
    const input = await openedCase(world);
    const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write }) });
    await expect(crashing.disableAccount(input)).rejects.toThrow(CrashError);
    expect(isDisabled(world)).toBe(isAlreadyDisabled);

    expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'disabled' });

    expect(isDisabled(world)).toBe(true);
    expect((await caseIn(world, input.caseId, 'disabled')).account.wasDisabledBefore).toBe(false);
  },
);

test('LastPass saying yes and then showing no does not make the next try say that it was disabled before', async () => {
  const world = await openWorld();
  const input = await openedCase(world);
  const shownEnabled = JSON.stringify({ Users: { 400000001: { username: JANE, disabled: false, admin: false } } });
  world.simulator.faults.next('getuserdata', { kind: 'answer', text: shownEnabled }, 2);
  expect(await errorName(stepsOf(world).disableAccount(input))).toBe('NotProvenError');

  await stepsOf(world).disableAccount(input);

  expect((await caseIn(world, input.caseId, 'disabled')).account.wasDisabledBefore).toBe(false);
});

test.each([
  [JANE, false],
  ['dora.disabled@example.com', true],
])('a case that is taken over keeps saying who disabled %s', async (workEmail, wasDisabledBefore) => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world, leaver(workEmail));
  world.workflow.running.delete(FIRST);
  await stepsOf(world).openCase({ executionArn: SECOND, event: leaver(workEmail) });

  await stepsOf(world).disableAccount({ caseId, executionArn: SECOND });

  expect((await caseIn(world, caseId, 'disabled')).account.wasDisabledBefore).toBe(wasDisabledBefore);
});

test('an execution that was superseded does nothing', async () => {
  const world = await openWorld();
  const { caseId } = await openedCase(world);
  world.workflow.running.delete(FIRST);
  await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });
  const before = await world.dump();

  expect(await errorName(stepsOf(world).disableAccount({ caseId, executionArn: FIRST }))).toBe('SupersededError');

  expect(world.simulator.calls).toHaveLength(0);
  expect(await world.dump()).toBe(before);
});

test('a case that is not in the table is an error of its own', async () => {
  const world = await openWorld();

  const run = stepsOf(world).disableAccount({ caseId: 'case-unknown', executionArn: FIRST });

  expect(await errorName(run)).toBe('CaseNotFoundError');
});

test.each([
  ['LastPassUnavailableError', { kind: 'throttled' }],
  ['LastPassUnavailableError', { kind: 'serverError', status: 503 }],
  ['LastPassUnavailableError', { kind: 'maintenancePage' }],
  ['LastPassUnavailableError', { kind: 'timeoutBeforeWrite' }],
  ['LastPassUnauthorizedError', { kind: 'authorizationError' }],
  ['LastPassUnexpectedAnswerError', { kind: 'answer', text: '{"status":"OK"}' }],
  ['LastPassRefusedError', { kind: 'answer', text: '{"status":"FAIL","error":"Cannot change the last admin"}' }],
] as const)('%s reaches the workflow by its name (%o), and the case stays open', async (name, fault) => {
  const world = await openWorld();
  const input = await openedCase(world);
  world.simulator.faults.next('disableuser', fault, 2);

  expect(await errorName(stepsOf(world, { isImpatient: fault.kind.startsWith('timeout') }).disableAccount(input))).toBe(
    name,
  );
  await caseIn(world, input.caseId, 'opened');
});

test('an admin whom LastPass refuses to disable is never called disabled', async () => {
  const world = await openWorld({ quirks: { protectsDirectoryManaged: true } });
  const input = await openedCase(world, leaver('dirk.directory@example.com'));

  expect(await errorName(stepsOf(world).disableAccount(input))).toBe('LastPassRefusedError');
  expect(isDisabled(world, 'dirk.directory@example.com')).toBe(false);
});

test('under the guide’s contract the account is disabled and proved too', async () => {
  const world = await openWorld({ contract: 'guide' });
  const input = await openedCase(world);

  expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'disabled' });

  expect(isDisabled(world)).toBe(true);
  expect(commands(world)).toEqual(['getuserdata', 'disableuser', 'getuserdata']);
});
