import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import { SignInUnavailableError } from './errors.ts';
import { isLoopback, type OidcSettings } from './oidc-settings.ts';
import { typedSignInError } from './typed-sign-in-error.ts';

export interface ProviderOptions extends OidcSettings {
  /** Absent for a public client, which proves itself with PKCE alone. */
  readonly clientSecret?: (() => Promise<string>) | undefined;
  readonly now: () => Date;
}

interface DiscoveredProvider {
  /** @throws SignInUnavailableError */
  find(): Promise<Configuration>;
  /** Discovers anew next time, with the secret read again: after a fault on the way there, and after a rotation. */
  forget(): void;
}

// Addresses and keys of a provider change rarely; when a call fails they are discovered anew at once.
const DISCOVERY_TTL_MS = 10 * 60_000;

/** Up to four calls to the provider must fit into the half minute that API Gateway waits. */
const TIMEOUT_SECONDS = 5;

/** The provider's configuration, cached for ten minutes. Calls at the same time share one discovery. */
export function createDiscoveredProvider(options: ProviderOptions): DiscoveredProvider {
  let known: { readonly provider: Promise<Configuration>; readonly untilMs: number } | undefined;
  return {
    async find() {
      const nowMs = options.now().getTime();
      if (known === undefined || nowMs >= known.untilMs) {
        known = { provider: discover(options), untilMs: nowMs + DISCOVERY_TTL_MS };
      }
      try {
        return await known.provider;
      } catch (error) {
        // Whatever is wrong here, no person's sign-in is.
        throw new SignInUnavailableError(typedSignInError(error).message);
      }
    },
    forget() {
      known = undefined;
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderOptions): Promise<Configuration> {
  const secret = await clientSecret?.();
  return discovery(new URL(issuer), clientId, undefined, secret === undefined ? None() : secretAuth(secret), {
    timeout: TIMEOUT_SECONDS,
    execute: [enableNonRepudiationChecks, ...(isLoopback(issuer) ? [allowInsecureRequests] : [])],
  });
}

/** Basic is what every provider must take unless it says otherwise (OpenID Connect Discovery 1.0, section 3). */
function secretAuth(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (taken.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
  };
}
