import { type CachedSecretOptions, createCachedSecret } from '../secrets/cached-secret.ts';
import { HrApiSecretError, HrSystemRefusedError } from './errors.ts';
import type { HrApiRequest } from './hr-source.ts';
import { findHrSource } from './hr-sources.ts';
import type { HrSystem } from './hr-system.ts';
import type { FetchLike } from './public-fetch.ts';
import { createHrApi } from './read-hr-api.ts';

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

interface ApisOptions extends Pick<CachedSecretOptions<unknown>, 'client'> {
  readonly secretArns: Readonly<Record<string, string>>;
  readonly fetch: FetchLike;
}

function apiOf(
  { name, kind, settings }: HrSystem,
  secretArn: string | undefined,
  { client, fetch }: Omit<ApisOptions, 'secretArns'>,
): ReadApi {
  const api = findHrSource(kind)?.apiOf?.(settings);
  if (!api || secretArn === undefined) return refusing(name);
  const secret = createCachedSecret({
    client,
    secretArn,
    schema: api.secret,
    refuse: (problem) =>
      new HrApiSecretError(`API secret of ${name}: ${problem}; see the runbook, "Connect an HR system"`),
  });
  return createHrApi({
    system: name,
    url: api.url,
    fetch,
    authorize: async (options) => api.headers(await secret.read(options)),
  });
}

function refusing(system: string): ReadApi {
  return async () => {
    throw new HrSystemRefusedError(`API of ${system}: none is configured; check its kind in the setting hrSystems`);
  };
}
