import { describe, expect, test } from 'vitest';
import { readHrEvent } from '../../../lambdas/domain/hr-events/hr-event.ts';
import { seedDirectory } from '../../../local/lastpass-simulator/seed-directory.ts';
import { caseIn, openedCase, SECOND } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { crashingAfterCall } from '../../crashing-lastpass-client.ts';
import { redriven, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const ADA = 'ada.admin@example.com';
const BRUNO = 'bruno.admin@example.com';
const OPERATOR = 'olga.operator@example.com';

const leaver = (workEmail: string, displayName = 'Jane Doe') =>
  terminationEvent({ employee: { workEmail, displayName } });
const commands = (world: World) => world.simulator.calls.map(({ cmd }) => cmd);
const isDisabled = (world: World, address: string) => world.simulator.directory.find(address)?.isDisabled;
const anyDisabled = (world: World) =>
  world.simulator.directory.snapshot().events.some(({ action }) => action === 'Deactivated User');

function map(world: World, hrAddress: string, lastPassUsername: string) {
  const setAt = world.clock.now().toISOString();
  return world.identities.set({ hrAddress, lastPassUsername, setBy: OPERATOR, setAt });
}

/** Everything that is parked. */
async function parked(world: World) {
  return world.parkedDesk.find('');
}

async function onlyParked(world: World) {
  const [one, ...others] = await parked(world);
  expect(others).toEqual([]);
  if (!one) throw new Error('nothing is parked');
  return one;
}

/** A company in which Ada is the only administrator who is enabled. */
function companyOfAda() {
  const seed = seedDirectory();
  const users = seed.users.map((user) => (user.username === BRUNO ? { ...user, isDisabled: true } : user));
  return { ...seed, users };
}

/** Two people whose addresses differ in case only. */
function companyOfTwins() {
  const seed = seedDirectory();
  const twins = ['Twin@example.com', 'TWIN@example.com'].map((username, index) => {
    const [template] = seed.users;
    if (!template) throw new Error('the seed has people');
    return { ...template, userId: String(500 + index), username, fullName: `Twin ${index}` };
  });
  return { ...seed, users: [...seed.users, ...twins] };
}

describe('an address that an operator mapped', () => {
  test('the account of the mapping is disabled, and the evidence says on whose word', async () => {
    const world = await openWorld();
    await map(world, 'Jane.Smith@example.com', JANE);
    const input = await openedCase(world, leaver('jane.smith@EXAMPLE.com'));

    expect(await stepsOf(world).disableAccount(input)).toEqual({ caseId: input.caseId, route: 'disabled' });

    expect(isDisabled(world, JANE)).toBe(true);
    const { account, timeline } = await caseIn(world, input.caseId, 'disabled');
    expect(account.username).toBe(JANE);
    expect(timeline.at(-1)?.facts).toMatchObject({ mappedBy: OPERATOR, mappedAt: world.clock.now().toISOString() });
  });

  test('is mapped even though somebody else has it at LastPass', async () => {
    const world = await openWorld();
    await map(world, JANE, 'nina.novak@example.com');

    await stepsOf(world).disableAccount(await openedCase(world));

    expect(isDisabled(world, JANE)).toBe(false);
    expect(isDisabled(world, 'nina.novak@example.com')).toBe(true);
  });

  test('to an account that is not there either: nobody is found, and the case says that it was mapped', async () => {
    const world = await openWorld();
    await map(world, JANE, 'jane.gone@example.com');
    const input = await openedCase(world);

    await stepsOf(world).disableAccount(input);

    const { outcome } = await caseIn(world, input.caseId, 'finished');
    expect(outcome).toMatchObject({ kind: 'nobody-found', summary: expect.stringContaining('is mapped') });
    expect((await onlyParked(world)).candidates?.[0]?.username).toBe(JANE);
    expect(anyDisabled(world)).toBe(false);
  });
});

describe('an address of nobody', () => {
  test('is parked with the closest accounts, a remedy, and an event that takes the case up again', async () => {
    const world = await openWorld();
    const input = await openedCase(world, leaver('jane.deo@example.com'));

    const result = await stepsOf(world).disableAccount(input);

    const { parkedId, faults, candidates, event, executionArn } = await onlyParked(world);
    expect(result).toEqual({ caseId: input.caseId, route: 'finished', outcome: { parkedId } });
    expect((await caseIn(world, input.caseId, 'finished')).outcome.parkedId).toBe(parkedId);
    expect(executionArn).toBe(input.executionArn);
    expect(candidates?.[0]).toEqual({
      username: JANE,
      fullName: 'Jane Doe',
      why: 'address differs in 1 character; same full name',
    });
    expect(faults[0]?.remedy).toContain('offboard identity map HR_ADDRESS LASTPASS_USERNAME');
    expect(faults[0]?.remedy).toContain(`"offboard redrive ${parkedId.slice(0, 12)}"`);
    expect(readHrEvent(redriven({ parkedId, event }), { now: world.clock.now(), locations: {} })).toMatchObject({
      kind: 'reopened',
      caseId: input.caseId,
    });
  });

  test('names its candidates in the parked event and nowhere else', async () => {
    const world = await openWorld();
    const input = await openedCase(world, leaver('jane.deo@example.com', 'J. Deo'));
    await stepsOf(world).disableAccount(input);
    await stepsOf(world).sealEvidence({ ...input, ending: {} });
    await stepsOf(world).announceOutcome(input);

    expect((await onlyParked(world)).candidates).toHaveLength(1);
    const elsewhere = [JSON.stringify(await caseIn(world, input.caseId, 'finished')), ...world.evidence.offered];
    for (const text of [...elsewhere, JSON.stringify(world.mailbox)]) expect(text).not.toContain(JANE);
  });

  test('once it is mapped, the parked event put on the bus again ends with the account disabled', async () => {
    const world = await openWorld();
    const input = await openedCase(world, leaver('jane.deo@example.com'));
    await stepsOf(world).disableAccount(input);
    const event = redriven(await onlyParked(world));
    await map(world, 'jane.deo@example.com', JANE);

    const opened = await stepsOf(world).openCase({ executionArn: SECOND, event });
    expect(opened).toMatchObject({ route: 'opened', caseId: input.caseId });
    const result = await stepsOf(world).disableAccount({ caseId: input.caseId, executionArn: SECOND });

    expect(result.route).toBe('disabled');
    expect(isDisabled(world, JANE)).toBe(true);
  });

  test('still unsettled after it was put on the bus again is a question of its own', async () => {
    const world = await openWorld();
    const input = await openedCase(world, leaver('jane.deo@example.com'));
    await stepsOf(world).disableAccount(input);
    const event = redriven(await onlyParked(world));
    await stepsOf(world).openCase({ executionArn: SECOND, event });

    await stepsOf(world).disableAccount({ caseId: input.caseId, executionArn: SECOND });

    expect(new Set((await parked(world)).map(({ parkedId }) => parkedId)).size).toBe(2);
  });
});

test('two users who differ in case only: neither is disabled, both are shown to a person', async () => {
  const world = await openWorld({ directory: companyOfTwins(), quirks: { comparesCase: true } });
  const input = await openedCase(world, leaver('twin@example.com'));

  expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'finished' });

  expect((await caseIn(world, input.caseId, 'finished')).outcome.kind).toBe('ambiguous');
  const { candidates = [] } = await onlyParked(world);
  expect(candidates.map(({ username }) => username).slice(0, 2)).toEqual(['Twin@example.com', 'TWIN@example.com']);
  expect(anyDisabled(world)).toBe(false);

  await map(world, 'twin@example.com', 'TWIN@example.com');
  await stepsOf(world).openCase({ executionArn: SECOND, event: redriven(await onlyParked(world)) });
  await stepsOf(world).disableAccount({ caseId: input.caseId, executionArn: SECOND });
  const disabled = world.simulator.directory.snapshot().users.filter(({ userId }) => ['500', '501'].includes(userId));
  expect(disabled.map(({ isDisabled }) => isDisabled)).toEqual([false, true]);
});

describe('a protected account', () => {
  test.each([
    { by: 'as HR spells it', reports: 'JANE.DOE@example.com', protects: [' jane.doe@EXAMPLE.com'], calls: 0 },
    { by: 'as an operator mapped it', reports: 'jd@example.com', mapsTo: JANE, protects: [JANE], calls: 0 },
    { by: 'as HR spells it, mapped to another one', reports: JANE, mapsTo: ADA, protects: [JANE], calls: 0 },
  ])('$by, is held back without asking LastPass', async ({ reports, mapsTo, protects, calls }) => {
    const world = await openWorld({ protectedAccounts: protects });
    if (mapsTo) await map(world, reports, mapsTo);
    const input = await openedCase(world, leaver(reports));

    expect(await stepsOf(world).disableAccount(input)).toMatchObject({
      route: 'finished',
      outcome: { heldBackFor: 'protected account' },
    });

    expect(commands(world)).toHaveLength(calls);
    expect(anyDisabled(world)).toBe(false);
  });

  test('that LastPass lists under a protected address is held back once that is seen', async () => {
    const world = await openWorld({ protectedAccounts: ['mixed.case@example.com'] });
    const { lastPass } = world;
    const listed = await lastPass.findAccount('mixed.case@example.com');
    const input = await openedCase(world, leaver('alias@example.com'));
    // LastPass answers for an address that it knows as an alias, which no recording rules out.
    const knowsAliases = { ...lastPass, findAccount: async () => listed };

    await stepsOf(world, { lastPass: knowsAliases }).disableAccount(input);

    expect((await caseIn(world, input.caseId, 'finished')).outcome).toMatchObject({
      kind: 'held-back',
      proof: { shown: 'getuserdata lists the account as enabled' },
    });
    expect(anyDisabled(world)).toBe(false);
  });

  test('tells people that it is NOT disabled, parks the question, and ends for a person', async () => {
    const world = await openWorld({ protectedAccounts: [JANE] });
    const input = await openedCase(world);
    await stepsOf(world).disableAccount(input);
    await stepsOf(world).sealEvidence({ ...input, ending: {} });

    expect(await stepsOf(world).announceOutcome(input)).toMatchObject({ route: 'person' });

    const { parkedId, candidates, faults } = await onlyParked(world);
    expect(candidates).toBeUndefined();
    expect(faults[0]?.remedy).toContain('offboard redrive');
    for (const { subject, text } of world.mailbox.sent) {
      expect(subject).toContain('NOT disabled');
      expect(text).toContain(parkedId.slice(0, 12));
    }
    expect(world.mailbox.sent).toHaveLength(2);
  });

  test('reported again is taken over, not called a duplicate: the report stays urgent', async () => {
    const world = await openWorld({ protectedAccounts: [JANE] });
    const input = await openedCase(world);
    await stepsOf(world).disableAccount(input);
    world.workflow.running.clear();

    const again = await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });

    expect(again).toMatchObject({ route: 'opened', caseId: input.caseId });
  });
});

describe('a LastPass administrator', () => {
  test('is disabled when another one is enabled: one call more', async () => {
    const world = await openWorld();
    const input = await openedCase(world, leaver(ADA));

    expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'disabled' });

    expect(world.simulator.calls.map(({ cmd, data }) => [cmd, data])).toEqual([
      ['getuserdata', { username: ADA }],
      ['getuserdata', { admin: 1, disabled: 0, pagesize: 2_000, pageindex: 0 }],
      ['disableuser', [ADA]],
      ['getuserdata', { username: ADA }],
    ]);
  });

  test.each(['lastpass', 'guide'] as const)(
    'who is the last enabled one is held back (contract %s)',
    async (contract) => {
      const world = await openWorld({ directory: companyOfAda(), contract });
      const input = await openedCase(world, leaver(ADA));

      expect(await stepsOf(world).disableAccount(input)).toMatchObject({
        route: 'finished',
        outcome: { heldBackFor: 'last administrator' },
      });

      expect(isDisabled(world, ADA)).toBe(false);
      const { outcome } = await caseIn(world, input.caseId, 'finished');
      expect(outcome).toMatchObject({
        kind: 'held-back',
        summary: expect.stringContaining('last enabled administrator'),
      });
      expect((await onlyParked(world)).faults[0]?.remedy).toContain('make somebody else administrator');
    },
  );

  test('filters that LastPass reads otherwise hold nobody back who has a colleague', async () => {
    const world = await openWorld();
    const input = await openedCase(world, leaver(ADA));
    const { lastPass } = world;
    async function* nobody() {
      yield { accounts: [], unreadable: [], invited: [], total: 0, index: 0 };
    }

    await stepsOf(world, { lastPass: { ...lastPass, listEnabledAdministrators: nobody } }).disableAccount(input);

    expect(isDisabled(world, ADA)).toBe(true);
  });

  test('filters that LastPass ignores let nobody pass for an enabled administrator', async () => {
    const world = await openWorld({ directory: companyOfAda() });
    const input = await openedCase(world, leaver(ADA));
    const { lastPass } = world;
    const unfiltered = { ...lastPass, listEnabledAdministrators: () => lastPass.listAccounts() };

    await stepsOf(world, { lastPass: unfiltered }).disableAccount(input);

    expect(isDisabled(world, ADA)).toBe(false);
  });

  test('who was held back is disabled once somebody else administers LastPass', async () => {
    const world = await openWorld({ directory: companyOfAda() });
    const input = await openedCase(world, leaver(ADA));
    await stepsOf(world).disableAccount(input);
    world.simulator.directory.change(({ users }) => {
      for (const user of users) if (user.username === JANE) user.isAdmin = true;
    });

    await stepsOf(world).openCase({ executionArn: SECOND, event: redriven(await onlyParked(world)) });
    await stepsOf(world).disableAccount({ caseId: input.caseId, executionArn: SECOND });

    expect(isDisabled(world, ADA)).toBe(true);
  });
});

describe('after a crash between any two calls', () => {
  test.each([
    { after: 1, isDisabledThen: false },
    { after: 2, isDisabledThen: false },
    { after: 3, isDisabledThen: true },
    { after: 4, isDisabledThen: true },
  ])('to LastPass ($after) the next run disables an administrator and calls it our work', async (crash) => {
    const world = await openWorld();
    const input = await openedCase(world, leaver(ADA));
    const lastPass = crashingAfterCall(world.lastPass, crash.after);
    await expect(stepsOf(world, { lastPass }).disableAccount(input)).rejects.toThrow(CrashError);
    expect(isDisabled(world, ADA)).toBe(crash.isDisabledThen);

    expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'disabled' });

    expect(isDisabled(world, ADA)).toBe(true);
    expect((await caseIn(world, input.caseId, 'disabled')).account.wasDisabledBefore).toBe(false);
  });

  test.each(['before', 'after'] as const)(
    '%s the case ends, a question is parked once and keeps its id',
    async (when) => {
      const world = await openWorld();
      const input = await openedCase(world, leaver('nobody@example.com', 'Nobody Known'));
      const cases = crashingStore(world.cases, { when, write: 1 });
      await expect(stepsOf(world, { cases }).disableAccount(input)).rejects.toThrow(CrashError);
      world.clock.advance({ seconds: 30 });

      const result = await stepsOf(world).disableAccount(input);

      const { parkedId, event } = await onlyParked(world);
      expect(result).toEqual({ caseId: input.caseId, route: 'finished', outcome: { parkedId } });
      expect(readHrEvent(redriven({ parkedId, event }), { now: world.clock.now(), locations: {} }).kind).toBe(
        'reopened',
      );
    },
  );
});
