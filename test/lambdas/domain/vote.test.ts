import { describe, expect, it } from 'vitest';
import { type Choice, effectOf } from '../../../lambdas/domain/effect.ts';
import { standingProposal } from '../../../lambdas/domain/standing-proposal.ts';
import { isConfirmedFor, shortfallOf, tally, type Vote } from '../../../lambdas/domain/vote.ts';
import { STRICT_RULES, type VotingRules } from '../../../lambdas/domain/voting-rules.ts';
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
    expect(tally(undefined, vote('sam', 'security', '0'), ALONE)).toMatchObject({ kind: 'decided' });
  });

  it('only proposes where two are needed', () => {
    expect(tally(undefined, vote('sam', 'security', '2'), TWO)).toEqual({ kind: 'proposed' });
  });

  it('decides together with the same choice of another person in another role', () => {
    const first = vote('sam', 'security', '2');
    const second = vote('ines', 'it', '2');
    expect(tally(first, second, TWO)).toEqual({ kind: 'decided', by: [first, second] });
  });

  it.each([
    ['the same person', vote('SAM', 'it', '2'), 'same person'],
    ['the same person under a tag', vote('sam+mgr', 'it', '2'), 'same person'],
    ['the same person in letters that look alike', vote('ѕаm', 'it', '2'), 'same person'],
    ['somebody in the same role', vote('ines', ' Security', '2'), 'same role'],
  ])('of %s does not count as the second', (_who, second, why) => {
    expect(tally(vote('sam', 'security', '2'), second, TWO)).toEqual({ kind: 'refused', why });
  });

  it.each<Choice>(['0', '1', 'reinstate'])(
    'for %s against a proposal is a disagreement, and decides nothing',
    (choice) => {
      expect(tally(vote('sam', 'security', '2'), vote('ines', 'it', choice), ALONE)).toEqual({
        kind: 'disagreed',
      });
    },
  );

  it('of somebody whom only HR names counts for nothing that cannot be undone', () => {
    const first = vote('sam', 'security', '2');
    const manager = vote('mark', 'manager', '2');
    const named = { ...manager, approver: { ...manager.approver, namedBy: 'hr' as const } };
    expect(tally(first, named, TWO)).toEqual({ kind: 'refused', why: 'named by HR' });
    expect(tally(undefined, named, TWO)).toEqual({ kind: 'refused', why: 'named by HR' });
    // As older cases hold them.
    expect(tally(first, manager, TWO)).toEqual({ kind: 'refused', why: 'named by HR' });
    expect(tally(undefined, named, ALONE)).toMatchObject({ kind: 'decided' });
  });

  it('of whoever proposed may still fall on something else', () => {
    const proposal = vote('sam', 'security', '2');
    expect(tally(proposal, vote('sam', 'security', '0'), ALONE)).toMatchObject({ kind: 'decided' });
  });
});

const LOWERED: VotingRules = { ...STRICT_RULES, oneApproverWithSignIn: ['1'], confirmedBy: ['sign-in', 'code'] };
const bySignIn = (one: Vote): Vote => ({ ...one, stepUp: 'sign-in' });

describe('rules that change while people vote', () => {
  const effect = effectOf('lastpass', '1', LOWERED);
  const on = { effect, people: EXAMPLE_PEOPLE };
  const strict = { effect: effectOf('lastpass', '1'), people: EXAMPLE_PEOPLE };
  const first = vote('sam', 'security', '1');

  it.each([
    ['the same person', vote('sam', 'security', '1')],
    ['somebody in the same role', vote('kit', 'security', '1')],
    ['somebody else', vote('ines', 'it', '1')],
  ])('one who signs in decides alone once that is allowed, also after a first approval: %s', (_who, one) => {
    const second = bySignIn(one);
    expect(tally(first, second, on)).toEqual({ kind: 'decided', by: [second] });
    expect(shortfallOf([second], on)).toBeUndefined();
  });

  it('two who agreed by codes before still suffice, and one by a code never did', () => {
    expect(shortfallOf([first, vote('ines', 'it', '1')], on)).toBeUndefined();
    expect(shortfallOf([first], on)).toBe('not confirmed');
  });

  it('one who decided alone no longer suffices once two are needed again', () => {
    expect(shortfallOf([bySignIn(first)], strict)).toBe('too few votes');
    expect(shortfallOf([bySignIn(first), bySignIn(vote('kit', 'security', '1'))], strict)).toBe('same role');
  });

  it('a first approval that an older version took, and that does not count, stands in nobody’s way', () => {
    const older = [vote('mark', 'manager', '2'), { ...vote('sam', 'security', '2'), stepUp: 'none' as const }];
    for (const one of older) {
      expect(standingProposal({ proposal: { ...one, contract: 'lastpass' } }, 'lastpass')).toBeUndefined();
    }
  });

  it('whatever is counted as a decision suffices for one', () => {
    const people = ['sam', 'ines', 'kit'].flatMap((name, index) => [vote(name, index === 1 ? 'it' : 'security', '1')]);
    const votes = people.flatMap((one) => [one, bySignIn(one)]);
    for (const rules of [STRICT_RULES, LOWERED]) {
      const asked = { effect: effectOf('lastpass', '1', rules), people: EXAMPLE_PEOPLE };
      for (const proposal of [undefined, ...votes]) {
        for (const one of votes.filter((each) => isConfirmedFor(asked.effect, each))) {
          const counted = tally(proposal, one, asked);
          if (counted.kind === 'decided') expect(shortfallOf(counted.by, asked)).toBeUndefined();
        }
      }
    }
  });
});
