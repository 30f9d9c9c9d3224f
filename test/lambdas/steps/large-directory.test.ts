import { describe, expect, test } from 'vitest';
import type { DirectoryReadings } from '../../../lambdas/domain/directory-reading.ts';
import { createLastPassClient } from '../../../lambdas/lastpass/client.ts';
import type { SeedDirectory } from '../../../local/lastpass-simulator/directory-state.ts';
import { seedDirectory } from '../../../local/lastpass-simulator/seed-directory.ts';
import { SIMULATED_CREDENTIALS } from '../../../local/lastpass-simulator/simulator-options.ts';
import { DESTROY } from '../../approver-browser.ts';
import { caseIn, decidedCase, FIRST, openedCase, SECOND } from '../../case-at-status.ts';
import { CrashError } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { someoneElseLeaves } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const MIKA = 'Mixed.Case@Example.com';
const SOUGHT = 'mixed.case@example.com';
const NOBODY = 'mixed.case@example.org';
const UNFINISHED = 'DirectoryReadUnfinishedError';

/** The people of every test, among three hundred others: thirty pages and more of ten. */
function company(): SeedDirectory {
  const seed = seedDirectory();
  const [template] = seed.users;
  if (!template) throw new RangeError('the seed has people');
  const strangers = Array.from({ length: 300 }, (_, index) => ({
    ...template,
    userId: String(1_000 + index),
    username: `stranger${index}@example.net`,
    fullName: `Stranger ${index}`,
    isAdmin: false,
  }));
  const [before, after] = [strangers.slice(0, 150), strangers.slice(150)];
  return { ...seed, users: [...before, ...seed.users, ...after], folders: seed.folders };
}

function openLargeWorld(quirks: object = {}): Promise<World> {
  return openWorld({ directory: company(), quirks: { maxPageSize: 10, comparesCase: true, ...quirks } });
}

/** Each call to LastPass takes eight seconds, of which an invocation has eighty. */
function slowly(world: World, readings: DirectoryReadings = world.readings) {
  const lastPass = createLastPassClient({
    url: world.lastPassUrl,
    contract: world.contract,
    credentials: { read: async () => SIMULATED_CREDENTIALS },
    fetch: (...request) => {
      world.clock.advance({ seconds: 8 });
      return fetch(...request);
    },
  });
  return stepsOf(world, { lastPass, readings });
}

/** The process ends before it asks for its nth page, and nothing is written any more. */
function killedBefore(world: World, nth: number): DirectoryReadings {
  let asked = 0;
  return {
    of: (step) => ({
      ...world.readings.of(step),
      hasTime: () => {
        asked += 1;
        if (asked === nth) throw new CrashError();
        return true;
      },
    }),
  };
}

/** What came of each invocation of a step, as Step Functions tries it again. */
async function invocationsOf<Result>(world: World, run: () => Promise<Result>) {
  const endings: string[] = [];
  for (;;) {
    const before = world.simulator.calls.length;
    const ending = await errorName(run());
    const calls = world.simulator.calls.slice(before);
    const pages = calls.flatMap(({ data }) => pageIndexIn(data));
    endings.push(`${ending}: pages ${pages.join(' ')}`);
    if (ending !== UNFINISHED) return endings;
  }
}

function pageIndexIn(data: unknown): number[] {
  return typeof data === 'object' && data !== null && 'pageindex' in data ? [Number(data.pageindex)] : [];
}

const isDisabled = (world: World, address: string) => world.simulator.directory.find(address)?.isDisabled;

describe('everybody is read', () => {
  test('in as many invocations as it takes, one of them killed, and who is spelt otherwise is disabled', async () => {
    const world = await openLargeWorld();
    const input = await openedCase(world, someoneElseLeaves(SOUGHT));

    expect(await errorName(slowly(world).disableAccount(input))).toBe(UNFINISHED);
    expect(isDisabled(world, MIKA)).toBe(false);
    expect(await errorName(stepsOf(world, { readings: killedBefore(world, 13) }).disableAccount(input))).toBe(
      'CrashError',
    );
    const kept = await world.dump();
    const endings = await invocationsOf(world, () => slowly(world).disableAccount(input));

    // Nine pages before time was over, ten more that were kept before the kill, then the page before as a check, and the rest.
    expect(endings[0]).toMatch(/^DirectoryReadUnfinishedError: pages 18 (\d+ )*19 20 21 /);
    expect(endings.at(-1)).toMatch(/^nothing failed: /);
    expect(isDisabled(world, MIKA)).toBe(true);
    const readings = kept.split('\n').filter((item) => item.includes('directory-reading-'));
    expect(readings).toHaveLength(1);
    expect(readings.join()).not.toMatch(/@|mixed|stranger|400000/iu);
  });

  test('until it is certain that nobody has the address, and who is close is found on the pages of every invocation', async () => {
    const [atOnce, inParts] = [await openLargeWorld(), await openLargeWorld()];
    await stepsOf(atOnce).disableAccount(await openedCase(atOnce, someoneElseLeaves(NOBODY)));
    const input = await openedCase(inParts, someoneElseLeaves(NOBODY));

    const endings = await invocationsOf(inParts, () => slowly(inParts).disableAccount(input));

    expect(endings.length).toBeGreaterThan(6);
    const [expected, parked] = [await onlyParked(atOnce), await onlyParked(inParts)];
    expect(parked?.candidates).toEqual(expected?.candidates);
    expect(parked?.candidates?.map(({ username }) => username)).toContain(MIKA);
  });

  test('from the beginning when somebody left meanwhile: whoever moved to a page that was read is not missed', async () => {
    const world = await openLargeWorld();
    const input = await openedCase(world, someoneElseLeaves(SOUGHT));
    // First on the page after those that the first invocation reads.
    world.simulator.directory.change(({ users }) => {
      const mika = users.findIndex(({ username }) => username === MIKA);
      users.splice(90, 0, ...users.splice(mika, 1));
    });
    expect(await invocationsOf(world, () => oneOf(slowly(world).disableAccount(input)))).toMatchObject([
      'nothing failed: pages 0 1 2 3 4 5 6 7 8',
    ]);
    world.simulator.directory.change(({ users }) => users.splice(20, 1));

    const [next] = await invocationsOf(world, () => slowly(world).disableAccount(input));

    expect(next).toMatch(/pages 8 0 1 2 3 4 5 6 7/);
    expect(isDisabled(world, MIKA)).toBe(true);
  });

  test('from where LastPass was away', async () => {
    const world = await openLargeWorld();
    const input = await openedCase(world, someoneElseLeaves(SOUGHT));
    const { simulator } = world;
    simulator.faults.next('getuserdata', { kind: 'latency', latencyMs: 0 }, 8);
    simulator.faults.next('getuserdata', { kind: 'throttled' });
    expect(await errorName(stepsOf(world).disableAccount(input))).toBe('LastPassUnavailableError');

    const [next] = await invocationsOf(world, () => stepsOf(world).disableAccount(input));

    expect(next).toMatch(/^nothing failed: pages 6 7 8 9 /);
  });

  test.each([
    ['after an hour', FIRST, 3_600],
    ['by another execution', SECOND, 0],
  ])('from the beginning %s', async (_when, executionArn, seconds) => {
    const world = await openLargeWorld();
    const input = await openedCase(world, someoneElseLeaves(SOUGHT));
    expect(await errorName(slowly(world).disableAccount(input))).toBe(UNFINISHED);
    world.clock.advance({ seconds });

    const reading = world.readings.of({ ...input, executionArn });

    const name = /directory-reading-(account-[0-9a-f]+)-/.exec(await world.dump())?.[1] ?? '';
    expect(await reading.find(name)).toBeUndefined();
  });
});

test('that nobody else administers LastPass is known when everybody was read, in however many invocations', async () => {
  const ADA = 'ada.admin@example.com';
  for (const hasOther of [true, false]) {
    const world = await openLargeWorld();
    world.simulator.directory.change(({ users }) => {
      for (const user of users) user.isAdmin = user.username === ADA || (hasOther && user === users.at(-1));
    });
    const input = await openedCase(world, someoneElseLeaves(ADA));
    const unfiltered = slowlyUnfiltered(world);

    const endings = await invocationsOf(world, () => unfiltered.disableAccount(input));

    expect(endings.length).toBeGreaterThan(2);
    expect(isDisabled(world, ADA)).toBe(hasOther);
  }
});

test('facts that take several invocations are complete: nothing is called missing because time was over', async () => {
  const world = await openLargeWorld();
  const input = await openedCase(world);
  await stepsOf(world).disableAccount(input);

  const endings = await invocationsOf(world, () => slowly(world).gatherFacts(input));

  expect(endings.length).toBeGreaterThan(2);
  const { facts } = await caseIn(world, input.caseId, 'disabled');
  expect(facts?.missing).toEqual([]);
  expect(facts?.sharedFolders?.length).toBeGreaterThan(0);
});

test('"not listed" as a proof takes a look by name in the invocation that gives it', async () => {
  const world = await openLargeWorld();
  const input = await decidedCase(world, DESTROY);
  const { decision } = await caseIn(world, input.caseId, 'decided');
  world.clock.advance({ seconds: world.holdSeconds + 1 });
  const jane = world.simulator.directory.find(JANE);
  const run = () => slowly(world).deleteAccount({ ...input, decisionId: decision.decisionId });
  while (world.simulator.directory.find(JANE)) await oneOf(run());
  await caseIn(world, input.caseId, 'committed');

  // LastPass shows her again, at the end of a list of which the beginning was read without her.
  world.simulator.directory.change(({ users }) => void (jane && users.push({ ...jane, isDisabled: true })));
  await invocationsOf(world, run);

  await caseIn(world, input.caseId, 'finished');
  expect(world.simulator.directory.find(JANE)).toBeUndefined();
});

/** One invocation, of which it is no failure that it is not the last. */
async function oneOf(run: Promise<unknown>): Promise<void> {
  await run.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== UNFINISHED) throw error;
  });
}

async function onlyParked(world: World) {
  const [id = ''] = await world.parkedDesk.idsIn('parked');
  const [parked] = await world.parkedDesk.find(id);
  return parked;
}

/** Of a LastPass whose filters leave everybody out. */
function slowlyUnfiltered(world: World) {
  const lastPass = createLastPassClient({
    url: world.lastPassUrl,
    contract: world.contract,
    credentials: { read: async () => SIMULATED_CREDENTIALS },
    fetch: (...request) => {
      world.clock.advance({ seconds: 8 });
      return fetch(...request);
    },
  });
  async function* nobody() {
    yield { accounts: [], unreadable: [], invited: [], total: 0, index: 0 };
  }
  return stepsOf(world, { lastPass: { ...lastPass, listEnabledAdministrators: nobody } });
}
