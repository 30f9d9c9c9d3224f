import * as z from 'zod';
import { HrSystemRefusedError, HrSystemUnavailableError } from './errors.ts';
import type { FetchLike } from './public-fetch.ts';

const text = z.string().trim().min(1);

/** Tokens that are renewed here. The operator puts the first four fields, and gets the others back. */
const renewableSchema = z.object({
  clientId: text,
  clientSecret: text,
  refreshToken: text,
  redirectUri: text.optional(),
  accessToken: text.optional(),
  /** ISO 8601. */
  renewedAt: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime().optional(),
});

/** An OAuth API's secret: tokens that are renewed here, or an access token that somebody else renews. */
export const oauthSecretSchema = renewableSchema.partial().superRefine((secret, context) => {
  const needed =
    secret.refreshToken === undefined ? (['accessToken'] as const) : (['clientId', 'clientSecret'] as const);
  for (const field of needed) {
    if (secret[field] === undefined) context.addIssue({ code: 'custom', path: [field], message: 'is missing' });
  }
});
type OauthSecret = z.infer<typeof oauthSecretSchema>;

/** A token that ends while it is on its way would cost a refusal. */
const MARGIN_MS = 60_000;
/** A token that is minutes old and refused is not allowed something: another one would be refused as well. */
const TOO_NEW_MS = 5 * 60_000;

/** Whether to renew before use. */
export function isDueForRenewal(
  secret: OauthSecret,
  { isRefused, now }: { readonly isRefused: boolean; readonly now: number },
): boolean {
  if (secret.refreshToken === undefined) return false;
  const { accessToken, expiresAt, renewedAt } = secret;
  if (accessToken === undefined) return true;
  if (expiresAt !== undefined && now >= Date.parse(expiresAt) - MARGIN_MS) return true;
  return isRefused && (renewedAt === undefined || now - Date.parse(renewedAt) > TOO_NEW_MS);
}

const answerSchema = z.object({
  access_token: text,
  refresh_token: text.optional(),
  expires_in: z.number().positive().optional(),
});
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 64 * 1024;

/**
 * Exchanges a refresh token (RFC 6749, section 6). `undefined` when it is spent, revoked or never was one. Messages name
 * the system and the status, never a token or the answer.
 * @throws HrSystemUnavailableError, HrSystemRefusedError
 */
export function oauthRenewal(options: {
  readonly system: string;
  readonly tokenUrl: string;
  readonly fetch: FetchLike;
  readonly clock?: () => number;
}): (secret: OauthSecret) => Promise<OauthSecret | undefined> {
  const { system, clock = Date.now } = options;
  return async (given) => {
    const secret = renewableSchema.safeParse(given).data;
    if (!secret) return undefined;
    const { status, answer } = await ask(options, secret);
    if (status >= 500 || status === 429 || status === 408)
      throw new HrSystemUnavailableError(`tokens of ${system}: answered ${status}`);
    if (status === 400 || status === 401) return undefined;
    const tokens = answerSchema.safeParse(answer).data;
    if (status !== 200 || !tokens)
      throw new HrSystemRefusedError(`tokens of ${system}: answered ${status}, and no token`);
    const now = clock();
    const { expires_in: seconds } = tokens;
    const { expiresAt: _, ...kept } = secret;
    return {
      ...kept,
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? secret.refreshToken,
      renewedAt: new Date(now).toISOString(),
      ...(seconds !== undefined && { expiresAt: new Date(now + seconds * 1000).toISOString() }),
    };
  };
}

async function ask(
  { system, tokenUrl, fetch }: { readonly system: string; readonly tokenUrl: string; readonly fetch: FetchLike },
  { clientId, clientSecret, refreshToken, redirectUri }: z.infer<typeof renewableSchema>,
) {
  const body = JSON.stringify({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
    ...(redirectUri !== undefined && { redirect_uri: redirectUri }),
  });
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(tokenUrl, { method: 'POST', headers, body, redirect: 'manual', signal });
    return { status: response.status, answer: jsonOf(await readBounded(response.body)) };
  } catch (error) {
    throw new HrSystemUnavailableError(`tokens of ${system}: the connection failed`, { cause: error });
  }
}

async function readBounded(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
