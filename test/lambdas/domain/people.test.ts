import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPeople } from '../../../lambdas/domain/people.ts';
import { EXAMPLE_PEOPLE } from '../../example-people.ts';

const SAM = 'sam.lee@example.com';
const samePerson = (one: string, other: string) => EXAMPLE_PEOPLE.isSame({ email: one }, { email: other });

describe('two addresses are one person’s', () => {
  it.each([
    ['in another case', 'Sam.Lee@EXAMPLE.com'],
    ['with a tag', 'sam.lee+hr@example.com'],
    ['with spaces around', ' sam.lee@example.com '],
    ['in full width', 'ｓａｍ．ｌｅｅ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
    ['with Cyrillic letters', 'ѕаm.lее@example.com'],
    ['with Greek letters', 'sαm.lee@example.com'],
    ['with a mathematical letter', '𝓼am.lee@example.com'],
    ['with an accent', 'sám.lee@example.com'],
    ['with an invisible character', 'sam\u200b.lee@example.com'],
    ['with a bidirectional mark', '\u202esam.lee@example.com'],
    ['with quotes', '"sam.lee"@example.com'],
    ['with a comment', 'sam.lee(away)@example.com'],
    ['with an escaped letter', '"sa\\m.lee"@example.com'],
    ['with a dot behind the domain', 'sam.lee@example.com.'],
    ['at a domain in punycode that looks alike', 'sam.lee@xn--exmple-4nf.com'],
    ['at a domain whose letters look alike', 'sam.lee@еxаmрlе.com'],
  ])('%s', (_how, other) => {
    expect(samePerson(SAM, other)).toBe(true);
  });

  it('with one Slack user id', () => {
    const slackUserId = 'U0SAM';
    expect(EXAMPLE_PEOPLE.isSame({ email: SAM, slackUserId }, { email: 'other@example.com', slackUserId })).toBe(true);
    expect(EXAMPLE_PEOPLE.isSame({ email: SAM }, { email: 'other@example.com' })).toBe(false);
  });

  it('with other dots only where the configuration says that dots do not count', () => {
    const people = createPeople({ companyDomains: [], dotlessDomains: ['example.com'] });
    expect(people.isSame({ email: SAM }, { email: 's.a.mlee+x@Example.com' })).toBe(true);
    expect(people.isSame({ email: 'sam.lee@example.net' }, { email: 'samlee@example.net' })).toBe(false);
    expect(samePerson(SAM, 'samlee@example.com')).toBe(false);
  });

  it('never with another mailbox or domain', () => {
    for (const other of [
      'sam.leo@example.com',
      'sam.lee@example.net',
      'sam.lee@mail.example.com',
      '+sam.lee@example.com',
    ]) {
      expect(samePerson(SAM, other)).toBe(false);
    }
  });

  it('whatever the text, folding it once is enough, and its case does not matter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constantFrom('', '@example.com'), (text, rest) => {
        const folded = EXAMPLE_PEOPLE.fold(text + rest);
        expect(EXAMPLE_PEOPLE.fold(`${text.toLowerCase()}${rest.toUpperCase()}`)).toBe(folded);
        if (/^[\w.+-]+$/.test(text)) expect(EXAMPLE_PEOPLE.fold(folded)).toBe(folded);
      }),
      { seed: 8, numRuns: 2_000 },
    );
  });
});

describe('an address is the company’s', () => {
  it.each<[string, boolean]>([
    [SAM, true],
    ['Sam.Lee+x@Example.COM', true],
    ['sam@mail.example.com', false],
    ['sam@example.com.evil.example.net', false],
    ['sam@xn--exmple-4nf.com', false],
    ['sam@еxample.com', false],
    ['sam@ｅｘample.com', false],
    ['sam%evil.example.net@example.com', false],
    ['evil.example.net!sam@example.com', false],
    ['sam@evil.example.net@example.com', false],
    ['"sam@evil.example.net"@example.com', false],
    ['sam@example.com.', false],
    ['sam', false],
  ])('%s: %s', (address, expected) => {
    expect(EXAMPLE_PEOPLE.isOfCompany(address)).toBe(expected);
  });
});
