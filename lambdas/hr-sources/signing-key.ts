import * as z from 'zod';

const key = z.string('is missing, or no text').trim().min(16, 'is shorter than 16 characters');

/**
 * What a webhook's secret holds, whatever its vendor calls it: private key, secret, verification token. A shorter one
 * would let somebody sign by guessing. While the vendor changes from one key to the next, either may sign.
 */
export const signingKeySchema = z.object({ signingKey: key, previousSigningKey: key.optional() }, 'is no JSON object');
export type SigningKey = z.infer<typeof signingKeySchema>;

/** The keys that may sign. */
export function keysOf({ signingKey, previousSigningKey }: SigningKey): readonly string[] {
  return previousSigningKey === undefined ? [signingKey] : [signingKey, previousSigningKey];
}

const BASE64_KEY = /^(?:whsec_)?((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/** 24 bytes are what Standard Webhooks asks for at least; 16 are what no guess reaches. */
const MIN_KEY_BYTES = 16;

/** The bytes of a key that is written in base64, behind `whsec_` where its vendor marks it so. `undefined` for no such key. */
export function bytesOfBase64Key(text: string): Buffer | undefined {
  const [, base64] = BASE64_KEY.exec(text) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  return bytes.length >= MIN_KEY_BYTES ? bytes : undefined;
}

const base64Key = key.refine((text) => bytesOfBase64Key(text) !== undefined, 'is not base64 of at least 16 bytes');

/** The same secret, where its keys are written in base64. */
export const base64SigningKeySchema = z.object(
  { signingKey: base64Key, previousSigningKey: base64Key.optional() },
  'is no JSON object',
);
