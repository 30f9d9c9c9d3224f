import { createHmac, timingSafeEqual } from 'node:crypto';

export interface ClaimedHmac {
  readonly algorithm: 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly key: string;
  /** What was signed, in order. */
  readonly signed: readonly (string | Uint8Array)[];
  /** As it was sent, without any prefix. */
  readonly claimed: string;
}

const FORMS = { hex: /^[0-9a-f]+$/i, base64: /^[A-Za-z0-9+/]+={0,2}$/ };

/** Whether an HMAC is the one that was claimed. The decoded bytes are compared in constant time. */
export function matchesHmac({ algorithm, encoding, key, signed, claimed }: ClaimedHmac): boolean {
  const hmac = createHmac(algorithm, key);
  for (const part of signed) hmac.update(part);
  const expected = hmac.digest();
  if (!FORMS[encoding].test(claimed)) return false;
  const sent = Buffer.from(claimed, encoding);
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}
