import { expect, test } from 'vitest';
import { sharedNameWords } from '../../../lambdas/domain/likeness/name-words.ts';

test.each([
  ['Jane Doe', 'DOE, Jane', 1],
  ['Sinéad O’Brien', "Sinead O'Brien", 1],
  ['Jane Doe', 'Jane Smith', 0.5],
  ['Jane Mary Doe', 'Jane Doe', 2 / 3],
  ['Jane Doe', 'Omar Aziz', 0],
  ['Jane Doe', 'Janet Doering', 0],
  ['田中 花子', '田中 太郎', 0.5],
  ['', '', 0],
])('%s and %s share %d of their words', (one, other, share) => {
  expect(sharedNameWords(one, other)).toBeCloseTo(share);
  expect(sharedNameWords(other, one)).toBeCloseTo(share);
});
