import { HrApiSecretError, HrSystemRefusedError } from '../hr-sources/errors.ts';
import type { HrApiRequest } from '../hr-sources/hr-source.ts';
import type { HrSystem } from '../hr-sources/hr-system.ts';
import { isDueForRenewal, oauthRenewal, oauthSecretSchema } from '../hr-sources/oauth-tokens.ts';
import type { FetchLike } from '../hr-sources/public-fetch.ts';
import { createHrApi } from '../hr-sources/read-hr-api.ts';
import { findHrSource } from '../hr-sources/vendors/hr-sources.ts';
import { type CachedSecretOptions, createCachedSecret, parseSecret } from '../secrets/cached-secret.ts';
import { createRenewingSecret } from '../secrets/renewing-secret.ts';

type ReadApi = (request: HrApiRequest) => Promise<unknown>;

/**
 * Reads of each configured system's API, with credentials from its secret; one that has no API refuses every read.
 * @param secretArns by the systems' names
 */
export function apisOfHrSystems(
  systems: readonly HrSystem[],
  { secretArns, ...options }: ApisOptions,
): (system: string) => ReadApi {
  const apis = new Map(systems.map((system) => [system.name, apiOf(system, secretArns[system.name], options)]));
  return (system) => apis.get(system) ?? refusing(system);
}

interface ApisOptions extends Pick<CachedSecretOptions<unknown>, 'client' | 'clock'> {
  readonly secretArns: Readonly<Record<string, string>>;
  readonly fetch: FetchLike;
}

function apiOf(
  { name, kind, settings }: HrSystem,
  secretArn: string | undefined,
  { client, clock, fetch }: Omit<ApisOptions, 'secretArns'>,
): ReadApi {
  const api = findHrSource(kind)?.apiOf?.(settings);
  if (!api || secretArn === undefined) return refusing(name);
  const refuse = (problem: string) =>
    new HrApiSecretError(`API secret of ${name}: ${problem}; see the runbook, "Connect an HR system"`);
  const options = { client, secretArn, refuse, ...(clock && { clock }) };
  const secret = api.tokenUrl
    ? renewedTokens(options, oauthRenewal({ system: name, tokenUrl: api.tokenUrl, fetch, ...(clock && { clock }) }))
    : createCachedSecret({ ...options, schema: api.secret });
  return createHrApi({
    system: name,
    url: api.url,
    fetch,
    authorize: async (options) => api.headers(await secret.read(options)),
  });
}

type SecretOptions = Pick<CachedSecretOptions<unknown>, 'client' | 'clock' | 'secretArn' | 'refuse'>;

function renewedTokens({ refuse, ...options }: SecretOptions, renew: ReturnType<typeof oauthRenewal>) {
  return createRenewingSecret({
    ...options,
    parse: (text) => parseSecret(text, { schema: oauthSecretSchema, refuse }),
    isDue: isDueForRenewal,
    renew,
    spent: () => refuse('the refresh token is spent or revoked: authorise anew and put what you get', []),
  });
}

function refusing(system: string): ReadApi {
  return async () => {
    throw new HrSystemRefusedError(`API of ${system}: none is configured; check its kind in the setting hrSystems`);
  };
}
