import { type CachedSecretOptions, createCachedSecret } from '../secrets/cached-secret.ts';
import { type CredentialSource, lastPassCredentialsSchema } from './credentials.ts';
import { LastPassSecretError } from './errors.ts';

/**
 * Credentials from one Secrets Manager secret, JSON `{ cid, provhash }`. LastPass itself tells us of a rotation
 * (Authorization Error), so the cache's expiry is not what a reset of the hash waits for.
 * @throws LastPassSecretError when the secret has another shape. Errors of Secrets Manager pass through unchanged.
 */
export function createSecretCredentials(
  options: Pick<CachedSecretOptions<unknown>, 'client' | 'secretArn' | 'clock' | 'ttlMs'>,
): CredentialSource {
  return createCachedSecret({
    ...options,
    schema: lastPassCredentialsSchema,
    refuse: (problem) =>
      new LastPassSecretError(`LastPass secret: ${problem}; store {"cid": number, "provhash": text} in it`),
  });
}
