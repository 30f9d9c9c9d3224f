import { expect, test } from 'vitest';
import { scrubAddresses } from '../../../lambdas/lastpass/scrub-addresses.ts';

test.each([
  ['No such user: jane.doe@example.com', 'No such user: <address>'],
  ["pat.o'neil+x@example.com is locked", '<address> is locked'],
  ['"jane doe"@example.com', '<address>'],
  ['zoë.ærø@例え.jp, b@example.com', '<address>, <address>'],
  ['one\r\nline', 'one line'],
])('%j is shown as %j', (text, shown) => {
  expect(scrubAddresses(text)).toBe(shown);
});

test('long texts are cut', () => {
  expect(scrubAddresses('x'.repeat(100_000))).toHaveLength(201);
});
