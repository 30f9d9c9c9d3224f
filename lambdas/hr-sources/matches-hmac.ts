import { createHmac, timingSafeEqual } from 'node:crypto';

/** How a signature is written. Base64url comes with and without the padding at its end. */
export type SignatureEncoding = 'hex' | 'hex-upper' | 'base64' | 'base64url';

interface ClaimedHmac {
  readonly algorithm: 'sha256' | 'sha512';
  readonly encoding: SignatureEncoding;
  /** Each of them may have signed: there are two while one is being replaced. */
  readonly keys: readonly (string | Uint8Array)[];
  /** What was signed, in order. */
  readonly signed: readonly (string | Uint8Array)[];
  /** As they were sent, without any prefix: any of them may be the right one. */
  readonly claimed: readonly string[];
}

const spell: Readonly<Record<SignatureEncoding, (hmac: Buffer) => readonly string[]>> = {
  hex: (hmac) => [hmac.toString('hex')],
  'hex-upper': (hmac) => [hmac.toString('hex').toUpperCase()],
  base64: (hmac) => [hmac.toString('base64')],
  base64url: (hmac) => [hmac.toString('base64url'), hmac.toString('base64').replaceAll('+', '-').replaceAll('/', '_')],
};

/**
 * Whether one of the signatures that were claimed is right. The text is compared and not what it decodes to: decoders
 * forgive, so that a signature could be written in other ways than its own. All are compared, each in constant time.
 */
export function matchesHmac({ algorithm, encoding, keys, signed, claimed }: ClaimedHmac): boolean {
  const right = keys.flatMap((key) => {
    const hmac = createHmac(algorithm, key);
    for (const part of signed) hmac.update(part);
    return spell[encoding](hmac.digest());
  });
  return right.flatMap((one) => claimed.map((other) => isSameText(one, other))).includes(true);
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
