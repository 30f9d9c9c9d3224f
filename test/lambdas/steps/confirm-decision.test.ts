import { expect, test } from 'vitest';
import { recordVote } from '../../../lambdas/approval/record-vote.ts';
import { voteFromSlack } from '../../../lambdas/slack/slack-vote.ts';
import { DESTROY, decideAs, KEEP, LEAVE, REINSTATE } from '../../approver-browser.ts';
import { askedCase, caseIn, committedCase, decidedCase, disabledCase, SECOND } from '../../case-at-status.ts';
import { EXAMPLE_PEOPLE, NO_NEWS, NOBODY_LEAVES, NOT_PAUSED } from '../../example-people.ts';
import { errorName } from '../../failing-by-name.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld } from '../../offboarding-world.ts';

test.each([
  ['reinstate', REINSTATE],
  ['carry out', KEEP],
] as const)('a decision that can be undone goes on at once: %s', async (route, filled) => {
  const world = await openWorld();
  const { decisionId, ...input } = await decidedCase(world, filled);

  const result = await stepsOf(world).confirmDecision({ ...input, isTimedOut: false });

  expect(result).toEqual({ caseId: input.caseId, route, decisionId });
});

test.each([LEAVE, DESTROY])('a decision that cannot be undone waits for the whole hold (%o)', async (filled) => {
  const world = await openWorld({ holdSeconds: 3600 });
  const decidedAt = world.clock.now().getTime();
  const { decisionId, ...input } = await decidedCase(world, filled);

  const result = await stepsOf(world).confirmDecision({ ...input, isTimedOut: false });

  expect(result).toEqual({ caseId: input.caseId, route: 'hold', decisionId, holdUntil: expect.any(String) });
  const waitMs = Date.parse(result.holdUntil ?? '') - decidedAt;
  expect(waitMs).toBeGreaterThanOrEqual(3_600_000);
  expect(waitMs).toBeLessThan(3_601_000);
});

// Step Functions cuts fractions of a second from the moment of a Wait, so it would arrive before the hold has ended.
test('the hold ends on a whole second, for that is how Step Functions waits', async () => {
  const world = await openWorld();
  world.clock.set('2026-11-21T10:00:05.999Z');

  const { caseId } = await decidedCase(world, DESTROY);

  expect((await caseIn(world, caseId, 'decided')).holdUntil).toBe('2026-11-21T10:15:06.000Z');
});

test('an approval that timed out undecided ends the case, and the account stays disabled', async () => {
  const world = await openWorld();
  const input = await askedCase(world);

  expect(await stepsOf(world).confirmDecision({ ...input, isTimedOut: true })).toMatchObject({ route: 'finished' });

  expect(await caseIn(world, input.caseId, 'finished')).toMatchObject({ outcome: { kind: 'approval-expired' } });
  expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
});

test('the second run of an expiry, and of a decision, gives the same answer and writes nothing', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  const run = () => stepsOf(world).confirmDecision({ ...input, isTimedOut: true });
  const first = await run();
  const before = await world.dump();

  expect(await run()).toEqual(first);
  expect(await world.dump()).toBe(before);

  const other = await openWorld();
  const decided = await committedCase(other, DESTROY);
  const confirmed = () => stepsOf(other).confirmDecision({ ...decided, isTimedOut: false });
  expect(await confirmed()).toEqual(await confirmed());
});

test('a forged signal without a recorded decision decides nothing', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  const before = await world.dump();

  const run = stepsOf(world).confirmDecision({ ...input, isTimedOut: false });

  expect(await errorName(run)).toBe('DecisionMissingError');
  expect(await world.dump()).toBe(before);
});

test('a forged signal after the approval has ended only ends it', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  world.clock.advance({ seconds: 8 * 86_400 });

  expect(await stepsOf(world).confirmDecision({ ...input, isTimedOut: false })).toMatchObject({ route: 'finished' });
  expect((await caseIn(world, input.caseId, 'finished')).outcome.kind).toBe('approval-expired');
});

test.each(Array.from({ length: 8 }, (_, index) => index))(
  'an expiry and a decision in the same instant: exactly one of them counts (%i)',
  async () => {
    const world = await openWorld();
    const input = await askedCase(world);
    const asked = await caseIn(world, input.caseId, 'asked');
    const terms = {
      cases: world.cases,
      contract: world.contract,
      rules: world.rules,
      ...NO_NEWS,
      readBrake: NOT_PAUSED,
      holdSeconds: 900,
      people: EXAMPLE_PEOPLE,
      departures: NOBODY_LEAVES,
      now: world.clock.now,
    };

    const [expiry, decision] = await Promise.all([
      errorName(stepsOf(world).confirmDecision({ ...input, isTimedOut: true })),
      recordVote(
        terms,
        asked,
        voteFromSlack({ asked, choice: '0', shownHash: 'hash', approver: ALEX }, world.clock.now()),
      ),
    ]);

    const now = await world.cases.find(input.caseId);
    if (decision.kind === 'lost') {
      expect([expiry, now?.status]).toEqual(['nothing failed', 'finished']);
      return;
    }
    expect([expiry, now?.status]).toEqual(['CaseChangedError', 'decided']);
    const retried = await stepsOf(world).confirmDecision({ ...input, isTimedOut: true });
    expect(retried).toMatchObject({ route: 'carry out' });
  },
);

test('a decision that was made before the workflow timed out is carried out all the same', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);

  expect(await stepsOf(world).confirmDecision({ ...input, isTimedOut: true })).toMatchObject({ route: 'carry out' });
});

test('an irreversible decision without a hold on record is not routed', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, DESTROY);
  const { holdUntil: _holdUntil, ...decided } = await caseIn(world, input.caseId, 'decided');
  await world.cases.replace(decided, decided);

  const run = stepsOf(world).confirmDecision({ ...input, isTimedOut: false });

  expect(await errorName(run)).toBe('DecisionMissingError');
});

test('a case in which nobody was asked yet cannot be confirmed, nor one that another execution runs', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const { confirmDecision } = stepsOf(world);

  expect(await errorName(confirmDecision({ ...input, isTimedOut: true }))).toBe('CaseOutOfOrderError');
  const superseded = confirmDecision({ caseId: input.caseId, executionArn: SECOND, isTimedOut: true });
  expect(await errorName(superseded)).toBe('SupersededError');
});

test('a decision by the second approver after the expiry was written is told that time is over', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  await stepsOf(world).confirmDecision({ ...input, isTimedOut: true });

  await expect(decideAs(world, ALEX.email, KEEP)).rejects.toThrow('the page holds no form');
});
