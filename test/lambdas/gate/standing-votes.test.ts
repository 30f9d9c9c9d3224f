import { expect, test } from 'vitest';
import type { Vote } from '../../../lambdas/domain/vote.ts';
import { assertVotesStand } from '../../../lambdas/gate/standing-votes.ts';
import { DESTROY } from '../../approver-browser.ts';
import { caseIn, decidedCase } from '../../case-at-status.ts';
import { EXAMPLE_PEOPLE, NOBODY_LEAVES } from '../../example-people.ts';
import { errorName } from '../../failing-by-name.ts';
import { JANE, openWorld } from '../../offboarding-world.ts';

/** A recorded decision to destroy a vault whose second vote is changed, as an older program may have recorded it. */
async function judged(change: Partial<Vote['approver']>, since?: (votedAt: string) => string) {
  const world = await openWorld();
  const { caseId } = await decidedCase(world, DESTROY);
  const decided = await caseIn(world, caseId, 'decided');
  const [first, second] = decided.decision.votes;
  if (!first || !second) throw new Error('the decision has no two votes');
  const votes = [first, { ...second, approver: { ...second.approver, ...change } }];
  const departures = since ? { of: async () => ({ since: since(second.votedAt) }) } : NOBODY_LEAVES;
  const current = { ...decided, decision: { ...decided.decision, votes } };
  return errorName(assertVotesStand({ departures, people: EXAMPLE_PEOPLE }, current));
}

test.each([
  ['by two people who stay', {}, 'nothing failed'],
  ['by one person under two addresses', { email: 'alex.kim+it@example.com' }, 'DecisionMissingError'],
  ['by the leaver under a tag', { email: `jane.doe+x${JANE.slice(8)}` }, 'DecisionMissingError'],
  ['by somebody whom only HR names', { namedBy: 'hr' as const }, 'DecisionMissingError'],
  ['by a manager of an older case', { namedBy: undefined, role: 'manager' }, 'DecisionMissingError'],
])('a decision to destroy a vault %s: %s', async (_by, change, expected) => {
  expect(await judged(change)).toBe(expected);
});

test('a vote counts if it was cast before the report, not in the same moment', async () => {
  expect(await judged({}, (votedAt) => votedAt)).toBe('DecisionMissingError');
  expect(await judged({}, (votedAt) => new Date(Date.parse(votedAt) + 1).toISOString())).toBe('nothing failed');
});
