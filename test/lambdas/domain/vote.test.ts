import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../lambdas/domain/effect.ts';
import { tally, type Vote } from '../../../lambdas/domain/vote.ts';
import { EXAMPLE_PEOPLE } from '../../example-people.ts';

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

const ALONE = { effect: { approvalsNeeded: 1, isReversible: true }, people: EXAMPLE_PEOPLE } as const;
const TWO = { effect: { approvalsNeeded: 2, isReversible: false }, people: EXAMPLE_PEOPLE } as const;

describe('a vote', () => {
  it('decides alone where one approval is enough', () => {
    expect(tally(undefined, vote('sam', 'security', '0'), ALONE)).toMatchObject({ is: 'decided' });
  });

  it('only proposes where two are needed', () => {
    expect(tally(undefined, vote('sam', 'security', '2'), TWO)).toEqual({ is: 'proposed' });
  });

  it('decides together with the same choice of another person in another role', () => {
    const first = vote('sam', 'security', '2');
    const second = vote('ines', 'it', '2');
    expect(tally(first, second, TWO)).toEqual({ is: 'decided', by: [first, second] });
  });

  it.each([
    ['the same person', vote('SAM', 'it', '2'), 'same person'],
    ['the same person under a tag', vote('sam+mgr', 'it', '2'), 'same person'],
    ['the same person in letters that look alike', vote('ѕаm', 'it', '2'), 'same person'],
    ['somebody in the same role', vote('ines', ' Security', '2'), 'same role'],
  ])('of %s does not count as the second', (_who, second, why) => {
    expect(tally(vote('sam', 'security', '2'), second, TWO)).toEqual({ is: 'refused', why });
  });

  it.each<Choice>(['0', '1', 'reinstate'])(
    'for %s against a proposal is a disagreement, and decides nothing',
    (choice) => {
      expect(tally(vote('sam', 'security', '2'), vote('ines', 'it', choice), ALONE)).toEqual({
        is: 'disagreed',
      });
    },
  );

  it('of somebody whom only HR names counts for nothing that cannot be undone', () => {
    const first = vote('sam', 'security', '2');
    const manager = vote('mark', 'manager', '2');
    const named = { ...manager, approver: { ...manager.approver, namedBy: 'hr' as const } };
    expect(tally(first, named, TWO)).toEqual({ is: 'refused', why: 'named by HR' });
    expect(tally(undefined, named, TWO)).toEqual({ is: 'refused', why: 'named by HR' });
    // As older cases hold them.
    expect(tally(first, manager, TWO)).toEqual({ is: 'refused', why: 'named by HR' });
    expect(tally(undefined, named, ALONE)).toMatchObject({ is: 'decided' });
  });

  it('of whoever proposed may still fall on something else', () => {
    const proposal = vote('sam', 'security', '2');
    expect(tally(proposal, vote('sam', 'security', '0'), ALONE)).toMatchObject({ is: 'decided' });
  });
});
