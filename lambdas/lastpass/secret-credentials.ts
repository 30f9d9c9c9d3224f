import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type CredentialSource, type LastPassCredentials, lastPassCredentialsSchema } from './credentials.ts';
import { LastPassSecretError } from './errors.ts';

// LastPass itself tells us of a rotation (Authorization Error), so the expiry only bounds how long a warm but idle
// function holds an old value. Five minutes costs at most 288 reads a day for each warm function.
const DEFAULT_TTL_MS = 5 * 60_000;

interface SecretCredentialsOptions {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly ttlMs?: number;
}

/**
 * Credentials from one Secrets Manager secret, JSON `{ cid, provhash }`, cached until they expire. Reads that happen
 * at the same time share one call, so that a burst of refusals after a rotation reads the secret once.
 * @throws LastPassSecretError when the secret has another shape. Errors of Secrets Manager pass through unchanged.
 */
export function createSecretCredentials(options: SecretCredentialsOptions): CredentialSource {
  const { client, secretArn, clock = Date.now, ttlMs = DEFAULT_TTL_MS } = options;
  let cached: { readonly credentials: LastPassCredentials; readonly expiresAtMs: number } | undefined;
  let reading: Promise<LastPassCredentials> | undefined;

  async function readSecret(): Promise<LastPassCredentials> {
    const secret = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const credentials = parseSecret(secret.SecretString);
    cached = { credentials, expiresAtMs: clock() + ttlMs };
    return credentials;
  }

  return {
    async read({ refresh = false } = {}) {
      if (!refresh && cached !== undefined && clock() < cached.expiresAtMs) return cached.credentials;
      reading ??= readSecret().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

function parseSecret(text: string | undefined): LastPassCredentials {
  const parsed = lastPassCredentialsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole value'))];
  throw new LastPassSecretError(
    `LastPass secret: ${fields.join(', ')} missing or malformed; store {"cid": number, "provhash": text} in it`,
  );
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The parser's own error quotes the text, which is the secret: it must not become a cause.
    throw new LastPassSecretError('LastPass secret: not JSON; store {"cid": number, "provhash": text} in it');
  }
}
