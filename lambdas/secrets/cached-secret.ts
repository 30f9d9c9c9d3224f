import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';

// Five minutes costs at most 288 reads a day for each warm function, and bounds how long one that is idle but warm holds
// an old value.
const DEFAULT_TTL_MS = 5 * 60_000;

/** What is wrong with a field, in the schema's words. Never what it holds. */
export interface SecretFault {
  readonly field: string;
  readonly message: string;
}

export interface CachedSecretOptions<Value> {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  /** What the secret's JSON holds. */
  readonly schema: z.ZodType<Value>;
  /** The error for a secret of another shape, from words that name fields and never values. */
  readonly refuse: (problem: string, faults: readonly SecretFault[]) => Error;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly ttlMs?: number;
  /**
   * How long after a read `refresh` changes nothing. For whoever is made to ask by strangers, who could otherwise have
   * the secret read as often as they like.
   */
  readonly refreshPauseMs?: number;
}

export interface SecretSource<Value> {
  /** @param options.refresh reads again although a value is at hand, as after a rotation */
  read(options?: { readonly refresh?: boolean }): Promise<Value>;
}

/**
 * One Secrets Manager secret, JSON, cached until it expires. Reads that happen at the same time share one call, so that
 * a burst of refusals after a rotation reads the secret once.
 * @throws what `refuse` makes when the secret has another shape. Errors of Secrets Manager pass through unchanged.
 */
export function createCachedSecret<Value>(options: CachedSecretOptions<Value>): SecretSource<Value> {
  const { client, secretArn, clock = Date.now, ttlMs = DEFAULT_TTL_MS, refreshPauseMs = 0 } = options;
  let cached: { readonly value: Value; readonly readAtMs: number } | undefined;
  let reading: Promise<Value> | undefined;

  async function readSecret(): Promise<Value> {
    const secret = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const value = parseSecret(secret.SecretString, options);
    cached = { value, readAtMs: clock() };
    return value;
  }

  return {
    async read({ refresh = false } = {}) {
      const isFresh = cached && clock() - cached.readAtMs < (refresh ? refreshPauseMs : ttlMs);
      if (cached && isFresh) return cached.value;
      reading ??= readSecret().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

/** A secret's text as a value. @throws what `refuse` makes */
export function parseSecret<Value>(
  text: string | undefined,
  { schema, refuse }: Pick<CachedSecretOptions<Value>, 'schema' | 'refuse'>,
): Value {
  const json = parseJson(text);
  if (json.isNone) throw refuse('not JSON', []);
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({
    field: path.join('.') || 'the whole value',
    message,
  }));
  const fields = [...new Set(faults.map(({ field }) => field))];
  throw refuse(`${fields.join(', ')} missing or malformed`, faults);
}

/** The parser's own error quotes the text, which is the secret: it must not become a cause. */
function parseJson(text: string | undefined): { isNone: true } | { isNone: false; value: unknown } {
  try {
    return { isNone: false, value: JSON.parse(text ?? '') };
  } catch {
    return { isNone: true };
  }
}
