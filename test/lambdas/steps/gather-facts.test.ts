import { expect, test } from 'vitest';
import { linkIdOf, openPage } from '../../approver-browser.ts';
import { askedCase, caseIn, disabledCase } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, type World } from '../../offboarding-world.ts';

const KEEPER = 'sole.keeper@example.com';
const keeperLeaves = terminationEvent({ employee: { workEmail: KEEPER, displayName: 'Sole Keeper' } });

/** What somebody did, as the simulated LastPass has it on record. */
function acted(world: World, at: string, action: string, username = JANE) {
  const event = { atMicros: Date.parse(at) * 1_000, username, ipAddress: '192.0.2.10', subject: '', action };
  world.simulator.directory.change(({ events }) => events.push(event));
}

async function gathered(world: World, event?: unknown) {
  const input = await disabledCase(world, event);
  await stepsOf(world).gatherFacts(input);
  const { facts } = await caseIn(world, input.caseId, 'disabled');
  return { input, facts };
}

async function pageAfterAsking(world: World, input: { caseId: string; executionArn: string }): Promise<string> {
  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });
  return (await openPage(world, linkIdOf(world, ALEX.email))).body;
}

test('the folders that the leaver can open are found, and those that nobody else administers come first', async () => {
  const world = await openWorld();

  const { facts, input } = await gathered(world, keeperLeaves);

  expect(facts?.sharedFolders).toEqual([
    { folderId: '101', name: 'Shared-Payroll', isOnlyAdministrator: true },
    { folderId: '102', name: 'Shared-Bank portals', isOnlyAdministrator: true },
  ]);
  expect(facts?.missing).toEqual([]);
  const body = await pageAfterAsking(world, input);
  for (const name of ['Shared-Payroll', 'Shared-Bank portals'])
    expect(body).toContain(`Nobody else administers: ${name}`);
});

test('a folder that somebody else administers too is not left without anybody', async () => {
  const world = await openWorld();

  const { facts } = await gathered(world);

  expect(facts?.sharedFolders).toEqual([{ folderId: '103', name: 'Shared-Build servers', isOnlyAdministrator: false }]);
});

test('what the leaver did after the last working moment is found, and nothing of before or of others', async () => {
  const world = await openWorld();
  acted(world, '2026-11-21T09:59:00Z', 'Log in');
  acted(world, '2026-11-21T10:00:02Z', 'Export vault');
  acted(world, '2026-11-21T10:00:03Z', 'Log in', ALEX.email);

  const { facts, input } = await gathered(world);

  expect(facts?.activity?.map(({ action }) => action)).toContain('Export vault');
  expect(facts?.activity?.map(({ action }) => action)).not.toContain('Log in');
  expect(await pageAfterAsking(world, input)).toContain('Export vault');
});

test('when LastPass is down the question is asked all the same, and what is missing is said to be', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  for (const cmd of ['getsfdata', 'reporting']) world.simulator.faults.next(cmd, { kind: 'serverError' }, 99);

  expect(await stepsOf(world).gatherFacts(input)).toEqual({ caseId: input.caseId, route: 'gathered' });

  const { facts } = await caseIn(world, input.caseId, 'disabled');
  expect(facts).not.toHaveProperty('sharedFolders');
  expect(facts).not.toHaveProperty('activity');
  expect(facts?.missing).toHaveLength(2);
  expect(await pageAfterAsking(world, input)).toContain('Not known, because LastPass did not answer.');
});

test.each([
  ['getsfdata', 'sharedFolders', 'activity'],
  ['reporting', 'activity', 'sharedFolders'],
] as const)('a failing %s leaves only %s unknown', async (cmd, absent, present) => {
  const world = await openWorld();
  const input = await disabledCase(world);
  world.simulator.faults.next(cmd, { kind: 'maintenancePage' }, 99);

  await stepsOf(world).gatherFacts(input);

  const { facts } = await caseIn(world, input.caseId, 'disabled');
  expect(facts).not.toHaveProperty(absent);
  expect(facts).toHaveProperty(present);
  expect(facts?.missing).toHaveLength(1);
});

test('no folder and no activity are told apart from not known', async () => {
  const world = await openWorld();
  world.simulator.directory.change((directory) => {
    directory.folders.length = 0;
  });

  const { facts } = await gathered(world);

  expect(facts).toMatchObject({ sharedFolders: [], missing: [] });
});

test('the question is asked also without any facts, and the page says that nothing is known', async () => {
  const world = await openWorld();
  await askedCase(world);

  expect((await openPage(world, linkIdOf(world, ALEX.email))).body).toContain('Not known');
});

test('a second run keeps the facts that are there and asks LastPass no more', async () => {
  const world = await openWorld();
  const { input } = await gathered(world);
  const before = await world.dump();
  const calls = world.simulator.calls.length;

  await stepsOf(world).gatherFacts(input);

  expect(await world.dump()).toBe(before);
  expect(world.simulator.calls).toHaveLength(calls);
});

test.each(['before', 'after'] as const)(
  'a crash %s the facts are written is repaired by the next run',
  async (when) => {
    const world = await openWorld();
    const input = await disabledCase(world);
    const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write: 1 }) });
    await expect(crashing.gatherFacts(input)).rejects.toThrow(CrashError);

    await stepsOf(world).gatherFacts(input);

    const { facts, timeline } = await caseIn(world, input.caseId, 'disabled');
    expect(facts?.sharedFolders).toHaveLength(1);
    expect(timeline.filter(({ code }) => code === 'facts-gathered')).toHaveLength(1);
  },
);

test('facts gathered after the question was asked change nothing that somebody may be looking at', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  const before = await world.dump();

  await stepsOf(world).gatherFacts(input);

  expect(await world.dump()).toBe(before);
});

test('a name that would break the page comes as one plain line', async () => {
  const world = await openWorld();
  world.simulator.directory.change(({ folders }) => {
    for (const folder of folders) folder.name = `Shared\n\u202e<b>${'x'.repeat(300)}`;
  });

  const { facts } = await gathered(world);

  const [folder] = facts?.sharedFolders ?? [];
  expect(folder?.name.length).toBeLessThanOrEqual(200);
  expect(folder?.name).not.toMatch(/[\n\u202e]/u);
});

test('another account whose address differs in capitals only is a caution on the page', async () => {
  const world = await openWorld({ quirks: { comparesCase: true } });
  world.simulator.directory.change(({ users }) => {
    const jane = users.find(({ username }) => username === JANE);
    if (jane) users.push({ ...jane, userId: '499999999', username: 'Jane.Doe@example.com' });
  });

  const { facts, input } = await gathered(world);

  expect(facts?.otherSpellings).toEqual(['Jane.Doe@example.com']);
  const twin = world.simulator.directory.find('Jane.Doe@example.com');
  expect(twin?.isDisabled, 'the exact one was acted upon').toBe(false);
  const page = await pageAfterAsking(world, input);
  expect(page).toContain('another account whose address differs from the leaver’s in capitals only');
  expect(page).toContain('Jane.Doe@example.com');
});

test('without knowing who is enabled nothing is claimed about folders', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  world.simulator.faults.next('getuserdata', { kind: 'serverError' }, 99);

  await stepsOf(world).gatherFacts(input);

  const { facts } = await caseIn(world, input.caseId, 'disabled');
  expect(facts).not.toHaveProperty('sharedFolders');
  expect(facts).not.toHaveProperty('otherSpellings');
  expect(facts?.missing).toHaveLength(2);
});

test('activity that cannot be read is said to be there', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const text = JSON.stringify({ status: 'OK', data: { Event1: { Time: null, Action: 'Export' } } });
  world.simulator.faults.next('reporting', { kind: 'answer', text });

  await stepsOf(world).gatherFacts(input);

  const { facts } = await caseIn(world, input.caseId, 'disabled');
  expect(facts).toMatchObject({ activity: [], missing: ['activity that LastPass words in an unknown way (1)'] });
});
