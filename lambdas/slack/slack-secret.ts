import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SlackSecretError } from './errors.ts';
import { type SlackCredentialSource, type SlackCredentials, slackCredentialsSchema } from './slack-credentials.ts';

// A revoked token is noticed by Slack's own answer. A new signing secret is not: for up to five minutes, clicks are
// refused, while the page works on. An earlier re-read would let anybody make us read the secret as often as they like.
const DEFAULT_TTL_MS = 5 * 60_000;

interface SlackSecretOptions {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly ttlMs?: number;
}

/**
 * Credentials from one Secrets Manager secret, JSON `{ botToken, signingSecret }`, cached until they expire. Reads that
 * happen at the same time share one call.
 * @throws SlackSecretError when the secret has another shape. Errors of Secrets Manager pass through unchanged.
 */
export function createSlackSecret(options: SlackSecretOptions): SlackCredentialSource {
  const { client, secretArn, clock = Date.now, ttlMs = DEFAULT_TTL_MS } = options;
  let cached: { readonly credentials: SlackCredentials; readonly expiresAtMs: number } | undefined;
  let reading: Promise<SlackCredentials> | undefined;

  async function readSecret(): Promise<SlackCredentials> {
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

const REMEDY = 'store {"botToken": "xoxb-…", "signingSecret": text} in it';

function parseSecret(text: string | undefined): SlackCredentials {
  const parsed = slackCredentialsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole value'))];
  throw new SlackSecretError(`Slack secret: ${fields.join(', ')} missing or malformed; ${REMEDY}`);
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The parser's own error quotes the text, which is the secret: it must not become a cause.
    throw new SlackSecretError(`Slack secret: not JSON; ${REMEDY}`);
  }
}
