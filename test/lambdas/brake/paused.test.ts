import { describe, expect, test } from 'vitest';
import type { Brake } from '../../../lambdas/domain/brake/pause.ts';
import {
  DESTROY,
  decideAs,
  KEEP,
  LEAVE,
  linkIdOf,
  openPage,
  postForm,
  REINSTATE,
  shownOn,
} from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, dueCase, openApproval } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';
import { pause } from './operator.ts';

const UNREADABLE = async (): Promise<Brake> => ({ kind: 'unreadable' });

/** Deletes are paused by an operator, or nobody can tell whether they are. */
const CLOSED: readonly [string, (world: World) => Promise<World>][] = [
  [
    'paused',
    async (world) => {
      await pause(world);
      return world;
    },
  ],
  ['not to be read', async (world) => ({ ...world, readBrake: UNREADABLE })],
];

const offeredOn = (body: string) => [...body.matchAll(/name="choice" id="choice-(\w+)"/g)].map(([, one]) => one).sort();

describe.each(CLOSED)('while the brake is %s', (_how, close) => {
  test.each([
    ['lastpass', ['0', 'reinstate']],
    ['guide', ['reinstate']],
  ] as const)(
    'the page offers what can be undone, and says why no more, under the contract %s',
    async (contract, offered) => {
      const world = await openWorld({ contract });
      await askedCase(world);
      const { body } = await openPage(await close(world), linkIdOf(world, ALEX.email));
      expect(offeredOn(body)).toEqual(offered);
      expect(body).toContain('Removing and deleting accounts is paused for everybody');
    },
  );

  test.each([KEEP, REINSTATE])(
    '$choice is decided as always, also from a page that was opened before',
    async (filled) => {
      const before = await openWorld();
      const { linkId, shown } = await openApproval(before);
      const world = await close(before);
      if (filled.choice === '0') {
        expect((await postForm(world, linkId, { shown, choice: '0' })).statusCode).toBe(303);
      } else expect((await decideAs(world, ALEX.email, filled)).statusCode).toBe(303);
    },
  );

  test('what cannot be undone is neither chosen nor confirmed, whenever the page was opened', async () => {
    const before = await openWorld();
    const { linkId, caseId, shown } = await openApproval(before);
    const fields = { shown, ...DESTROY };
    const codePage = await postForm(before, linkId, fields);
    expect(codePage.body).toContain('name="code"');
    const world = await close(before);

    const refused = await postForm(world, linkId, fields);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Removing and deleting accounts is paused for everybody');
    expect((await caseIn(world, caseId, 'asked')).proposal).toBeUndefined();
  });

  test('the first of two votes stays on record, and the second waits', async () => {
    const before = await openWorld();
    const { caseId } = await askedCase(before);
    await decideAs(before, ALEX.email, DESTROY);
    const world = await close(before);
    expect((await decideAs(world, SAM.email, DESTROY)).statusCode).toBe(422);
    expect((await caseIn(world, caseId, 'asked')).proposal).toMatchObject({ choice: '2' });
  });

  test.each([
    ['lastpass', LEAVE],
    ['lastpass', DESTROY],
    ['guide', { ...DESTROY, choice: '0' }],
  ] as const)(
    'a decision of %s that is due does not pass the gate, and LastPass is not even asked',
    async (contract, filled) => {
      const before = await openWorld({ contract });
      const input = await dueCase(before, filled);
      const calls = before.simulator.calls.length;
      const world = await close(before);

      expect(await stepsOf(world).confirmDecision({ ...input, isTimedOut: false })).toMatchObject({ route: 'hold' });
      expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('DeletesPausedError');

      expect(world.simulator.calls).toHaveLength(calls);
      await caseIn(world, input.caseId, 'decided');
      expect((await openPage(world, linkIdOf(world, ALEX.email))).body).toContain('stands and waits');
    },
  );

  test('what was decided can still be taken back', async () => {
    const before = await openWorld();
    const { caseId } = await dueCase(before, DESTROY);
    const world = await close(before);
    const undone = await postForm(world, linkIdOf(world, SAM.email), { shown: 'a'.repeat(64), action: 'undo' });
    expect(undone.statusCode).toBe(303);
    expect((await caseIn(world, caseId, 'finished')).outcome.kind).toBe('undone');
  });

  test('what keeps the account disabled is carried out', async () => {
    const before = await openWorld();
    const input = await decidedCase(before, KEEP);
    await stepsOf(await close(before)).deleteAccount(input);
    expect((await caseIn(before, input.caseId, 'finished')).outcome.kind).toBe('carried-out');
  });
});

test('paused while LastPass is looked at: the gate stays open, and nothing is deleted', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  const lastPass = Object.assign(Object.create(world.lastPass), {
    async sharedFolders() {
      await pause(world);
      return world.lastPass.sharedFolders();
    },
  });
  expect(await errorName(stepsOf(world, { lastPass }).deleteAccount(input))).toBe('DeletesPausedError');
  await caseIn(world, input.caseId, 'decided');
  expect(world.simulator.directory.find(JANE)).toBeDefined();
});

test('paused between the page and the record: the vote is refused, code or not', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  await decideAs(world, ALEX.email, DESTROY);
  let looks = 0;
  // The page and its code are asked for while nothing is paused; the record is the last to look.
  const readBrake = async (): Promise<Brake> => {
    looks += 1;
    return { kind: looks > 3 ? 'unreadable' : 'off' };
  };

  const refused = await decideAs({ ...world, readBrake }, SAM.email, DESTROY);

  expect([refused.statusCode, refused.body.includes('Removing and deleting accounts is paused')]).toEqual([409, true]);
  await caseIn(world, caseId, 'asked');
});

test('behind the gate an effect is brought to its end: half of one helps nobody', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  const decided = await caseIn(world, input.caseId, 'decided');
  await world.cases.replace(decided, { ...decided, status: 'committed', committedAt: world.clock.now().toISOString() });
  await pause(world);
  await stepsOf(world).deleteAccount(input);
  expect(world.simulator.directory.find(JANE)).toBeUndefined();
});

test('the hash of what was shown does not depend on the brake', async () => {
  const world = await openWorld();
  const { linkId, shown } = await openApproval(world);
  await pause(world);
  expect(shownOn(await openPage(world, linkId))).toBe(shown);
});
