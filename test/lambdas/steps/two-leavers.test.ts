import { expect, test } from 'vitest';
import { decideAs, type FilledIn, KEEP, LEAVE, linkIdOf, openPage } from '../../approver-browser.ts';
import { caseIn, decidedCase, disabledCase, openedCase, SECOND } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { byOperator, someoneElseLeaves, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

/** With Jane the only two who administer "Shared-Build servers". */
const MIKA = 'Mixed.Case@Example.com';
const BUILD = 'Shared-Build servers';
const ACKNOWLEDGING = { ...LEAVE, acknowledged: BUILD };

const deletions = (world: World) => world.simulator.calls.filter(({ cmd }) => cmd === 'deluser');
const reads = (world: World) => world.simulator.calls.filter(({ cmd }) => cmd === 'getsfdata').length;

/** Jane's case with its facts, decided, and its hold over. */
async function dueWithFacts(world: World, filled: FilledIn) {
  const input = await disabledCase(world);
  await stepsOf(world).gatherFacts(input);
  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });
  return due(world, input, filled);
}

async function due(world: World, input: { caseId: string; executionArn: string }, filled: FilledIn) {
  for (const approver of [ALEX, SAM]) {
    if ((await world.cases.find(input.caseId))?.status === 'asked') await decideAs(world, approver.email, filled);
  }
  const { decision } = await caseIn(world, input.caseId, 'decided');
  world.clock.advance({ seconds: world.holdSeconds + 1 });
  return { ...input, decisionId: decision.decisionId };
}

/** Mika's account is disabled by a case of its own. */
async function mikaLeaves(world: World) {
  const input = await openedCase(world, someoneElseLeaves(MIKA));
  await stepsOf(world).disableAccount(input);
  return input;
}

function reopening(caseId: string) {
  const event = byOperator(terminationEvent());
  const data = { caseId, reason: 'Asked anew', requestedBy: { email: 'operator@example.com' } };
  return { ...event, 'detail-type': 'Employee Termination Reopened', detail: { ...event.detail, data } };
}

test('who was disabled before counts no more as somebody who administers a folder: the facts say so', async () => {
  const world = await openWorld();
  await mikaLeaves(world);
  const input = await disabledCase(world);

  await stepsOf(world).gatherFacts(input);

  expect((await caseIn(world, input.caseId, 'disabled')).facts?.sharedFolders).toMatchObject([
    { name: BUILD, isOnlyAdministrator: true },
  ]);
});

test('a folder orphaned since the decision is noticed at the gate: nothing is deleted, and a person hears why', async () => {
  const world = await openWorld();
  const input = await dueWithFacts(world, LEAVE);
  await mikaLeaves(world);

  const failure: unknown = await stepsOf(world)
    .deleteAccount(input)
    .catch((error: unknown) => error);

  expect(failure).toMatchObject({ name: 'FolderOrphanedError', message: expect.stringContaining('offboard reopen') });
  expect(deletions(world)).toEqual([]);
  await caseIn(world, input.caseId, 'decided');
});

test('the case that was held up is not lost: it is sealed, told, taken up again, and decided knowing the folder', async () => {
  const world = await openWorld();
  const { decisionId: _first, ...input } = await dueWithFacts(world, LEAVE);
  await mikaLeaves(world);
  const failure = { state: 'Delete account', error: 'FolderOrphanedError', message: 'a shared folder would be left' };
  await stepsOf(world).sealEvidence({ ...input, ending: {}, failure });
  expect(await stepsOf(world).announceOutcome(input)).toMatchObject({ route: 'person' });
  expect(world.mailbox.to(ALEX.email).at(-1)?.text).toContain('nothing was deleted');

  await stepsOf(world).openCase({ executionArn: SECOND, event: reopening(input.caseId) });
  const again = { caseId: input.caseId, executionArn: SECOND };
  await stepsOf(world).disableAccount(again);
  await stepsOf(world).gatherFacts(again);
  await stepsOf(world).requestApproval({ ...again, taskToken: world.workflow.mintToken() });
  expect((await openPage(world, linkIdOf(world, ALEX.email))).body).toContain(`Nobody else administers: ${BUILD}`);
  await stepsOf(world).deleteAccount(await due(world, again, ACKNOWLEDGING));

  expect((await caseIn(world, input.caseId, 'finished')).outcome.kind).toBe('carried-out');
  expect(deletions(world)).toHaveLength(1);
});

test('a folder that was acknowledged holds nothing up, and nobody else has to be read for it', async () => {
  const world = await openWorld();
  await mikaLeaves(world);
  const input = await dueWithFacts(world, ACKNOWLEDGING);
  const before = world.simulator.calls.length;

  await stepsOf(world).deleteAccount(input);

  const commands = world.simulator.calls.slice(before).map(({ cmd }) => cmd);
  expect(commands.slice(0, 3)).toEqual(['getsfdata', 'getuserdata', 'deluser']);
});

test('an administrator who is enabled again in time lets the decision through', async () => {
  const world = await openWorld();
  const input = await dueWithFacts(world, LEAVE);
  await mikaLeaves(world);
  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('FolderOrphanedError');
  await world.lastPass.enableAccounts([MIKA]);

  expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });
});

test('a decision taken while the folders were not known is held against what the gate sees', async () => {
  const world = await openWorld();
  await mikaLeaves(world);
  const input = await decidedCase(world, LEAVE);
  world.clock.advance({ seconds: world.holdSeconds + 1 });

  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('FolderOrphanedError');
  expect(deletions(world)).toEqual([]);
});

test('another folder of the name that was acknowledged is another folder', async () => {
  const world = await openWorld();
  world.simulator.directory.change(({ folders }) => {
    const [template] = folders;
    const [jane] = folders.find(({ name }) => name === BUILD)?.members ?? [];
    if (template && jane) folders.unshift({ ...template, folderId: '900', name: BUILD, members: [jane] });
  });
  const input = await dueWithFacts(world, ACKNOWLEDGING);
  await mikaLeaves(world);

  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('FolderOrphanedError');
});

test.each([
  ['getsfdata', { kind: 'serverError' }, 'LastPassUnavailableError'],
  ['getsfdata', { kind: 'maintenancePage' }, 'LastPassUnavailableError'],
  ['getuserdata', { kind: 'serverError' }, 'LastPassUnavailableError'],
] as const)(
  'when %s fails at the gate (%o) nothing is carried out now, and the next try looks again',
  async (cmd, fault, name) => {
    const world = await openWorld();
    const input = await dueWithFacts(world, LEAVE);
    world.simulator.faults.next(cmd, fault);

    expect(await errorName(stepsOf(world).deleteAccount(input))).toBe(name);

    expect(deletions(world)).toEqual([]);
    await caseIn(world, input.caseId, 'decided');
    expect(await stepsOf(world).deleteAccount(input)).toMatchObject({ route: 'finished' });
  },
);

test('what leaves the account where it is needs no look at folders', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);
  await mikaLeaves(world);

  await stepsOf(world).deleteAccount(input);

  expect(reads(world)).toBe(0);
});

test('a group administers a folder through whoever of it is enabled', async () => {
  const world = await openWorld();
  const group = { username: '', group_name: 'Engineering', can_administer: 1 };
  const jane = { username: JANE, can_administer: 1 };
  const answer = (users: unknown) => JSON.stringify({ '103': { sharedfoldername: BUILD, users } });
  const input = await disabledCase(world);
  const factsWith = async (users: unknown) => {
    world.simulator.faults.next('getsfdata', { kind: 'answer', text: answer(users) });
    await stepsOf(world).gatherFacts(input);
    const { facts, ...current } = await caseIn(world, input.caseId, 'disabled');
    await world.cases.replace({ ...current, facts }, current);
    return facts?.sharedFolders?.map(({ isOnlyAdministrator }) => isOnlyAdministrator);
  };

  expect(await factsWith([jane, group])).toEqual([false]);
  expect(await factsWith([jane, { username: 'Engineering', can_administer: 1 }])).toEqual([false]);
  expect(await factsWith([group]), 'she administers it through the group, as others do').toEqual([false]);
  world.simulator.directory.change(({ users }) => {
    for (const user of users) if (user.username !== JANE) user.groups = [];
  });
  expect(await factsWith([jane, group])).toEqual([true]);
  expect(await factsWith([group]), 'and is the only one left in it').toEqual([true]);
});
