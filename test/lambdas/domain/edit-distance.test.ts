import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '../../../lambdas/domain/likeness/edit-distance.ts';

test.each([
  ['jane', 'jane', 0],
  ['jane', 'jaen', 1],
  ['jane', 'jan', 1],
  ['jane', 'janet', 1],
  ['jane', 'jabe', 1],
  ['', 'jane', 4],
  ['kitten', 'sitting', 3],
  ['😀a', 'a😀', 1],
])('%s and %s are %i slips apart', (one, other, slips) => {
  expect(editDistance(one, other)).toBe(slips);
});

test('it is the same in both directions, nothing for equal texts only, and never below the difference in length', () => {
  const text = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', '.') });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const slips = editDistance(one, other);
      expect(editDistance(other, one)).toBe(slips);
      expect(slips === 0).toBe(one === other);
      expect(slips).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
      expect(slips).toBeLessThanOrEqual(Math.max(one.length, other.length));
    }),
  );
});
