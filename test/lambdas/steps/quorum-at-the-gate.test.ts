import { expect, test } from 'vitest';
import type { Decision } from '../../../lambdas/domain/decision.ts';
import type { Vote } from '../../../lambdas/domain/vote.ts';
import { DESTROY, LEAVE } from '../../approver-browser.ts';
import { caseIn, decidedCase, dueCase } from '../../case-at-status.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

/** The decision on record, as an older version or somebody who can write to the table might have left it. */
async function rewritten(world: World, caseId: string, change: (decision: Decision) => Partial<Decision>) {
  const decided = await caseIn(world, caseId, 'decided');
  await world.cases.replace(decided, { ...decided, decision: { ...decided.decision, ...change(decided.decision) } });
}

const votesAs = (change: (vote: Vote, index: number) => Partial<Vote>) => (decision: Decision) => ({
  votes: decision.votes.map((vote, index) => ({ ...vote, ...change(vote, index) })),
});

const FLAWS: readonly (readonly [string, (decision: Decision) => Partial<Decision>])[] = [
  ['one vote, as an older version recorded it', ({ votes }) => ({ votes: votes.slice(0, 1) })],
  ['no vote', () => ({ votes: [] })],
  ['no vote, in the name of HR', () => ({ votes: [], via: 'hr' })],
  ['two votes of one person', votesAs(() => ({ approver: ALEX }))],
  ['two votes of one role', votesAs((_vote, index) => ({ approver: { ...(index ? SAM : ALEX), role: 'it' } }))],
  ['a vote by the link alone', votesAs((_vote, index) => (index ? { stepUp: 'none' } : {}))],
  ['a vote for something else', votesAs((_vote, index) => (index ? { choice: '0' } : {}))],
];

test.each(FLAWS.flatMap(([what, change]) => [LEAVE, DESTROY].map((filled) => [what, filled, change] as const)))(
  'a decision on record with %s is not carried out (%o)',
  async (_what, filled, change) => {
    const world = await openWorld();
    const input = await dueCase(world, filled);
    await rewritten(world, input.caseId, change);

    await expect(stepsOf(world).confirmDecision({ ...input, isTimedOut: false })).rejects.toMatchObject({
      name: 'QuorumIncompleteError',
    });
    await expect(stepsOf(world).deleteAccount(input)).rejects.toMatchObject({ name: 'QuorumIncompleteError' });

    expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
    await caseIn(world, input.caseId, 'decided');
  },
);

test('a decision that does not suffice goes back to a person, who is told how to have it decided again', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, LEAVE);
  await rewritten(world, input.caseId, ({ votes }) => ({ votes: votes.slice(0, 1) }));
  const steps = stepsOf(world);
  const error = await steps.confirmDecision({ ...input, isTimedOut: false }).catch((fault: unknown) => fault);
  if (!(error instanceof Error)) throw new Error('it was confirmed');

  const failure = { state: 'Confirm decision', error: error.name, message: error.message };
  await steps.sealEvidence({ ...input, ending: input, failure });
  await steps.announceOutcome(input);

  const { outcome } = await caseIn(world, input.caseId, 'finished');
  expect(outcome).toMatchObject({ kind: 'failed', failure: { error: 'QuorumIncompleteError' } });
  for (const { email } of [ALEX, SAM]) {
    const newest = world.mailbox.to(email).at(-1);
    expect(newest?.text.replace(/\s+/g, ' ')).toContain('too few people chose it');
    expect(newest?.text).toContain(`offboard reopen ${input.caseId}`);
  }
});

test('what one approver decided alone counts only as long as the rules allow it, and by a sign-in', async () => {
  const lowered = { confirmedBy: ['sign-in' as const], oneApproverWithSignIn: ['1' as const] };
  const world = await openWorld();
  const relaxed: World = { ...world, rules: { ...world.rules, ...lowered } };
  const input = await dueCase(world, LEAVE);
  await rewritten(world, input.caseId, ({ votes }) => ({ votes: votes.slice(0, 1) }));
  const confirm = (at: World) => stepsOf(at).confirmDecision({ ...input, isTimedOut: false });

  await expect(confirm(relaxed)).rejects.toMatchObject({ name: 'QuorumIncompleteError' });
  await rewritten(
    world,
    input.caseId,
    votesAs(() => ({ stepUp: 'sign-in' })),
  );

  expect(await confirm(relaxed)).toMatchObject({ route: 'hold' });
  await expect(confirm(world)).rejects.toMatchObject({ name: 'QuorumIncompleteError' });
});
