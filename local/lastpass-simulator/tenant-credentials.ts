import type { Credentials } from './directory-state.ts';

/** A real tenant was asked for without saying which. */
export class TenantCredentialsError extends Error {
  override readonly name = 'TenantCredentialsError';
}

/**
 * A real tenant's credentials, from the environment alone: an option would show in the list of processes.
 * @throws TenantCredentialsError naming what is missing
 */
export function readTenantCredentials(environment: NodeJS.ProcessEnv): Credentials {
  const { LASTPASS_CID: cid, LASTPASS_PROVHASH: provhash } = environment;
  if (cid && provhash) return { cid, provhash };
  const missing = [...(cid ? [] : ['LASTPASS_CID']), ...(provhash ? [] : ['LASTPASS_PROVHASH'])];
  throw new TenantCredentialsError(
    `--lastpass-url needs ${missing.join(' and ')} in the environment; set ${missing.length > 1 ? 'both' : 'it'}, or leave the option out to use the simulator`,
  );
}
