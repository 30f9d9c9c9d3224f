import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../lambdas/domain/evidence.ts';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import { SeededChance } from '../../seeded-chance.ts';

const KEYS = ['a', 'b', 'ä', '10', '9', '', '__proto__', 'constructor', '\ud83d', 'toJSON'];
const SCALARS = [null, true, 0, -0, 1.5, 1e21, -1e-7, 2 ** 60, '', 'Zoë 🙂', '\ud800', '\u2028"\\\n', 'x'.repeat(40)];

function anyJson(chance: SeededChance, depth = 0): unknown {
  if (depth > 5 || chance.isTrue(0.4)) return chance.pick(SCALARS);
  const members = Array.from({ length: Math.floor(chance.next() * 5) }, () => anyJson(chance, depth + 1));
  if (chance.isTrue(0.4)) return members;
  return Object.fromEntries(members.map((member) => [chance.pick(KEYS), member]));
}

describe('JSON that may be nested however deep', () => {
  it('is written as JavaScript writes it, sorted or not: ids of parked events stay what they were', () => {
    const chance = new SeededChance(13);
    for (let n = 0; n < 2000; n += 1) {
      const value = anyJson(chance);
      expect(jsonText(value)).toBe(JSON.stringify(value));
      expect(jsonText(value, { isIndented: true })).toBe(JSON.stringify(value, null, 2));
      expect(jsonText(value, { isSorted: true })).toBe(canonicalJson(value));
    }
  });

  it('is read back the same from any depth, and from beyond any number', () => {
    for (const text of ['{"a":'.repeat(20_000).concat('1', '}'.repeat(20_000)), '[1e999,-1e999]']) {
      expect(jsonText(JSON.parse(text))).toBe(text);
    }
  });

  it('leaves out what JSON has no word for', () => {
    expect(jsonText({ a: undefined, b: [undefined], c: Number.NaN })).toBe('{"b":[null],"c":null}');
  });
});
