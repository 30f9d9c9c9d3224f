import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

const CODE_DIGITS = 6;

/** 256 random bits: what a finished sign-in hands back instead of a code that people can type. */
const PROOF_BYTES = 32;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/**
 * About 20 ms and 8 MiB for each guess: nothing beside sending a mail, but five hours of one core for all codes, against
 * the ten minutes that a code lives.
 */
const SCRYPT_COST = { N: 2 ** 13, r: 8, p: 1 };

/** Six digits as mailed, or the proof of a sign-in in base64url. */
const SECRET_PATTERN = /^(?:\d{6}|[A-Za-z0-9_-]{43})$/;

/** What is kept of a secret. */
interface SealedSecret {
  readonly salt: string;
  readonly secretHash: string;
}

/** Six digits, each code as likely as any other. */
export function createCode(): string {
  return randomInt(10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0');
}

export function createProof(): string {
  return randomBytes(PROOF_BYTES).toString('base64url');
}

/** A code as people enter it, with spaces or a hyphen, made bare; `undefined` when it can be no code at all. */
export function readSecret(entered: string): string | undefined {
  const bare = /^[\d\s-]*$/.test(entered) ? entered.replace(/[\s-]/g, '') : entered.trim();
  return SECRET_PATTERN.test(bare) ? bare : undefined;
}

/**
 * Seals a secret under a fresh salt. A million codes are soon tried, so the hash is keyed and slow. The key is the link
 * id, of which the table holds only a hash: who reads the table, or a backup of it, cannot try a single code. The
 * slowness is for who reads the table and was forwarded the link too.
 */
export async function sealSecret(linkId: string, secret: string): Promise<SealedSecret> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await slowHash(linkId, secret, salt);
  return { salt: salt.toString('hex'), secretHash: hash.toString('hex') };
}

/** Whether this is the sealed secret, compared in constant time. */
export async function isSealedSecret(sealed: SealedSecret, linkId: string, secret: string): Promise<boolean> {
  const hash = await slowHash(linkId, secret, Buffer.from(sealed.salt, 'hex'));
  const expected = Buffer.from(sealed.secretHash, 'hex');
  return expected.length === hash.length && timingSafeEqual(expected, hash);
}

function slowHash(linkId: string, secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(`${linkId}:${secret}`, salt, HASH_BYTES, SCRYPT_COST, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}
