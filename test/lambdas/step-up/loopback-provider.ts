import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { type Configuration, type InteractionResults, Provider } from 'oidc-provider';
import { onTestFinished } from 'vitest';
import { inMemoryAdapter } from './in-memory-adapter.ts';

export const CLIENT_ID = 'offboarding';
export const REDIRECT_URI = 'https://approvals.example.com/approvals/sign-in/callback';

/** What a person does at the provider: signs in as somebody, perhaps long ago, or stops. */
export type AtProvider = { readonly as: string; readonly at?: Date } | 'cancels';

export interface ProviderTraits {
  readonly emailVerified?: boolean | string | undefined;
  /** Puts the address into the ID token, as some providers do, and not only into their user info. */
  readonly isEmailInToken?: boolean;
  readonly clientSecret?: string;
  readonly secretMethod?: 'client_secret_basic' | 'client_secret_post';
  readonly redirectUri?: string;
}

const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const SIGNING_KEY = { ...jwk, kty: 'RSA', use: 'sig', alg: 'RS256', kid: 'one' };

/** A real OpenID provider on loopback, where a test says what the person does instead of filling in its forms. */
export async function startProvider(
  traits: ProviderTraits = {},
  whenOver: (close: () => void) => void = onTestFinished,
) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the provider listens on no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(issuer, configurationOf(traits));
  const seen = { discoveries: 0, tokenCredentials: '', person: 'cancels' as AtProvider };
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/.well-known/')) seen.discoveries += 1;
    if (request.url === '/token') seen.tokenCredentials = request.headers.authorization ? 'header' : 'body';
    const answered = request.url?.startsWith('/interaction/')
      ? provider.interactionFinished(request, response, resultOf(seen.person))
      : answer(request, response);
    answered.catch(() => response.destroy());
  });
  whenOver(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    issuer,
    seen,
    /** Follows the way of a browser from the provider's address until it leads back; answers the callback's query. */
    async visit(url: string, person: AtProvider): Promise<string> {
      seen.person = person;
      return followToCallback(url);
    },
  };
}

function configurationOf(traits: ProviderTraits): Configuration {
  const { emailVerified, isEmailInToken, clientSecret, secretMethod, redirectUri = REDIRECT_URI } = traits;
  const secret = clientSecret && { client_secret: clientSecret };
  const client = { client_id: CLIENT_ID, redirect_uris: [redirectUri], ...secret };
  return {
    clients: [{ ...client, token_endpoint_auth_method: secret ? (secretMethod ?? 'client_secret_basic') : 'none' }],
    ...(secretMethod && { clientAuthMethods: [secretMethod] }),
    adapter: inMemoryAdapter(),
    jwks: { keys: [SIGNING_KEY] },
    cookies: { keys: ['loopback'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: !isEmailInToken,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, email: accountId, email_verified: emailVerified }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: CLIENT_ID, accountId: oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  };
}

function resultOf(person: AtProvider): InteractionResults {
  if (person === 'cancels') return { error: 'access_denied', error_description: 'the person stopped' };
  const ts = person.at && Math.floor(person.at.getTime() / 1000);
  return { login: { accountId: person.as, ...(ts !== undefined && { ts }) } };
}

async function followToCallback(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  for (let hop = 0; hop < 10; hop += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url);
    if (url.href.startsWith(REDIRECT_URI)) return url.search.slice(1);
  }
  throw new Error('the provider never led back');
}
