import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../lambdas/domain/effect.ts';
import { tally, type Vote } from '../../../lambdas/domain/vote.ts';

function vote(name: string, role: string, choice: Choice): Vote {
  return {
    choice,
    approver: { email: `${name}@example.com`, displayName: name, role },
    via: 'page',
    votedAt: '2026-11-21T10:00:00Z',
    shownHash: 'a'.repeat(64),
    acknowledgedFolders: [],
    attestsTransfer: true,
    stepUp: 'code',
  };
}

describe('a vote', () => {
  it('decides alone where one approval is enough', () => {
    expect(tally(undefined, vote('sam', 'security', '0'), 1)).toMatchObject({ is: 'decided' });
  });

  it('only proposes where two are needed', () => {
    expect(tally(undefined, vote('sam', 'security', '2'), 2)).toEqual({ is: 'proposed' });
  });

  it('decides together with the same choice of another person in another role', () => {
    const first = vote('sam', 'security', '2');
    const second = vote('ines', 'it', '2');
    expect(tally(first, second, 2)).toEqual({ is: 'decided', by: [first, second] });
  });

  it.each([
    ['the same person', vote('SAM', 'it', '2'), 'same person'],
    ['somebody in the same role', vote('ines', ' Security', '2'), 'same role'],
  ])('of %s does not count as the second', (_who, second, why) => {
    expect(tally(vote('sam', 'security', '2'), second, 2)).toEqual({ is: 'refused', why });
  });

  it.each<[Choice, 1 | 2]>([
    ['0', 1],
    ['1', 1],
    ['reinstate', 1],
  ])('for %s against a proposal is a disagreement, and decides nothing', (choice, approvalsNeeded) => {
    expect(tally(vote('sam', 'security', '2'), vote('ines', 'it', choice), approvalsNeeded)).toEqual({
      is: 'disagreed',
    });
  });

  it('of whoever proposed may still fall on something else', () => {
    const proposal = vote('sam', 'security', '2');
    expect(tally(proposal, vote('sam', 'security', '0'), 1)).toMatchObject({ is: 'decided' });
  });
});
