import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLinkId } from '../../../lambdas/domain/link-id.ts';
import {
  createCode,
  createProof,
  isSealedSecret,
  readSecret,
  sealSecret,
} from '../../../lambdas/step-up/one-time-code.ts';

it('a code has six digits, with zeros in front, and uses the whole range', () => {
  const codes = Array.from({ length: 5_000 }, createCode);

  expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  expect(codes.some((code) => code.startsWith('9'))).toBe(true);
  expect(new Set(codes).size).toBeGreaterThan(4_900);
});

it('what is sealed fits the same secret on the same link, and nothing else', async () => {
  const linkId = createLinkId();
  const sealed = await sealSecret(linkId, '012345');

  expect(await isSealedSecret(sealed, linkId, '012345')).toBe(true);
  expect(await isSealedSecret(sealed, linkId, '012346')).toBe(false);
  expect(await isSealedSecret(sealed, createLinkId(), '012345')).toBe(false);
});

it('the same code is sealed differently each time, so that two items cannot be compared', async () => {
  const linkId = createLinkId();
  const [one, other] = [await sealSecret(linkId, '012345'), await sealSecret(linkId, '012345')];

  expect(one.secretHash).not.toBe(other.secretHash);
  expect(JSON.stringify(one)).not.toContain('012345');
});

it.each(['123456', ' 123456 ', '123 456', '123-456', '123456\r\n'])('a code entered as “%s” is read', (entered) => {
  expect(readSecret(entered)).toBe('123456');
});

it.each(['', '12345', '1234567', '12345a', '１２３４５６', '123456;', '-'])('“%s” is no code', (entered) => {
  expect(readSecret(entered)).toBeUndefined();
});

it('a proof is read as it is, and nothing that is neither', () => {
  const proof = createProof();
  expect(readSecret(proof)).toBe(proof);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (entered) => {
      const read = readSecret(entered);
      return read === undefined || /^(\d{6}|[A-Za-z0-9_-]{43})$/.test(read);
    }),
    { numRuns: 500 },
  );
});
