import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import * as z from 'zod';
import { createDiscoveredProvider, type ProviderOptions } from './discover-provider.ts';
import { typedSignInError } from './typed-sign-in-error.ts';

/** A sign-in that was prepared: where to send the browser, and what its return is checked against. */
export interface PreparedSignIn {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface ReturnFromProvider {
  /** The query of the callback, whose state was found to be ours. */
  readonly query: URLSearchParams;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** A sign-in before this moment does not count. */
  readonly startedAt: string;
}

/** Who signed in, as far as a decision needs to know. */
export interface SignedInPerson {
  readonly email: string | undefined;
  readonly isEmailRefuted: boolean;
}

export interface OidcClient {
  /** @throws SignInUnavailableError */
  prepare(): Promise<PreparedSignIn>;
  /** @throws SignInCancelledError, SignInRefusedError, SignInUnavailableError */
  finish(back: ReturnFromProvider): Promise<SignedInPerson>;
}

interface OidcClientOptions extends ProviderOptions {
  readonly redirectUri: string;
}

/** Signs a person in at the company's provider: authorization code, PKCE, state, nonce, signed ID token, and afresh. */
export function createOidcClient(options: OidcClientOptions): OidcClient {
  const { redirectUri, now } = options;
  const provider = createDiscoveredProvider(options);

  async function typed<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const fault = typedSignInError(error);
      if (fault.name === 'SignInUnavailableError') provider.forget();
      throw fault;
    }
  }

  return {
    prepare: () =>
      typed(async () => {
        const config = await provider.find();
        const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
        const url = buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: 'openid email',
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
          // A session that somebody left open proves nothing about who sits there now.
          prompt: 'login',
          max_age: '0',
        });
        return { url: url.href, state, nonce, codeVerifier };
      }),

    finish: ({ query, nonce, codeVerifier, startedAt }) =>
      typed(async () => {
        const config = await provider.find();
        const sinceStart = Math.ceil((now().getTime() - Date.parse(startedAt)) / 1000);
        const tokens = await authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
          expectedState: query.get('state') ?? '',
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
          // `auth_time` must lie after our start, whatever the provider made of `prompt` and `max_age`.
          maxAge: Math.max(0, sinceStart),
        });
        const claims = tokens.claims();
        const inToken = personSchema.parse(claims ?? {});
        if (inToken.email !== undefined || claims === undefined) return inToken;
        // Most providers give the address only here.
        return personSchema.parse(await fetchUserInfo(config, tokens.access_token, claims.sub));
      }),
  };
}

const personSchema = z
  .object({
    email: z.string().optional().catch(undefined),
    // Some providers send the word instead of the value. Absent says nothing: the provider is the company's own.
    email_verified: z
      .union([z.boolean(), z.enum(['true', 'false'])])
      .optional()
      .catch(false),
  })
  .transform(({ email, email_verified }) => ({ email, isEmailRefuted: String(email_verified) === 'false' }));
