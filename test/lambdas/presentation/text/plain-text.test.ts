import { describe, expect, it } from 'vitest';
import {
  plainLine,
  plainLines,
  shortLine,
  withoutWebAddresses,
} from '../../../../lambdas/presentation/text/plain-text.ts';

describe('text of people', () => {
  it.each([
    ['a direction override', 'Jane \u202Eeod\u202C', 'Jane eod'],
    ['an isolate', '\u2066Jane\u2069', 'Jane'],
    ['a direction mark', 'Jane\u200F\u061C Doe', 'Jane Doe'],
    ['a zero-width space', 'ja\u200Bne', 'jane'],
    ['line breaks', 'Jane\r\nBcc: x\u2028Doe', 'Jane Bcc: x Doe'],
    ['control characters', 'Jane\u0000\u001b\u0085Doe', 'Jane Doe'],
    ['half a surrogate pair', 'Jane\ud83d', 'Jane\ufffd'],
  ])('loses %s', (_what, text, shown) => {
    expect(plainLine(text)).toBe(shown);
  });

  it('keeps right-to-left names, accents and joined emoji', () => {
    const names = ['ג׳יין דו', 'Žofie Müller', '👩\u200D👩\u200D👧'];
    expect(names.map(plainLine)).toEqual(names);
  });

  it('keeps the line breaks of a reason but no empty lines', () => {
    expect(plainLines('one\r\n\r\n two\n\u202Ethree')).toEqual(['one', 'two', 'three']);
  });

  it('is cut between characters as people count them', () => {
    const family = '👩\u200D👩\u200D👧';
    expect(shortLine(family.repeat(5), 3)).toBe(`${family.repeat(2)}…`);
    expect(shortLine('Jane', 4)).toBe('Jane');
  });

  it('brings no web address', () => {
    expect(withoutWebAddresses('see HTTPS://evil.example/x or www.evil.example, Jane')).toBe(
      'see (web address removed) or (web address removed) Jane',
    );
    expect(withoutWebAddresses('Jane Doe: HR / Finance')).toBe('Jane Doe: HR / Finance');
  });
});
