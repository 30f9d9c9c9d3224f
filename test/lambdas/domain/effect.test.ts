import { describe, expect, it } from 'vitest';
import { CONTRACT_NAMES, deleteActionOf, effectOf, effectsUnder } from '../../../lambdas/domain/effect.ts';

describe('effects', () => {
  it('mean under LastPass’s contract what its help centre says', () => {
    expect(effectsUnder('lastpass').map(({ choice, isReversible, proof }) => [choice, isReversible, proof])).toEqual([
      ['0', true, 'listed and disabled'],
      ['1', false, 'not listed'],
      ['2', false, 'not listed'],
      // Last: whatever fills in forms by itself takes the first.
      ['reinstate', true, 'listed and enabled'],
    ]);
  });

  it.each(CONTRACT_NAMES)('1 and 2 are irreversible under the contract %s', (contract) => {
    expect(effectOf(contract, '1').isReversible).toBe(false);
    expect(effectOf(contract, '2').isReversible).toBe(false);
  });

  it('never promise a transfer of vault data without saying that LastPass does not', () => {
    expect(effectOf('lastpass', '2').meaning).toMatch(/nothing is transferred/i);
    expect(effectOf('guide', '2').meaning).toMatch(/no LastPass text supports this/);
  });

  it('keep the action 0 apart from no action at all', () => {
    expect(deleteActionOf('0')).toBe(0);
    expect(deleteActionOf('reinstate')).toBeUndefined();
  });
});
