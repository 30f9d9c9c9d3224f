import { randomBytes } from 'node:crypto';
import { CHALLENGE_LIFETIME_MS } from './issuing-limit.ts';

/**
 * Ties a sign-in to the browser that started it. Without it, somebody with a forwarded link could start a sign-in, send
 * the provider's address to the approver, and have the approver's own sign-in confirm a decision they never saw.
 * `__Host-` keeps other hosts of the domain from setting it; `Lax` lets it come back with the provider's redirect.
 */
const COOKIE_NAME = '__Host-sign-in';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

const BROWSER_KEY_BYTES = 32;
const VALUE_PATTERN = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

interface SignInCookie {
  /** Nothing on our side knows a link's id, and the way back has to lead there. */
  readonly linkId: string;
  readonly browserKey: string;
}

export function createBrowserKey(): string {
  return randomBytes(BROWSER_KEY_BYTES).toString('base64url');
}

/** The value of a `Set-Cookie` header. */
export function signInCookie({ linkId, browserKey }: SignInCookie): string {
  return `${COOKIE_NAME}=${linkId}.${browserKey}; Max-Age=${CHALLENGE_LIFETIME_MS / 1000}; ${ATTRIBUTES}`;
}

/** The value of a `Set-Cookie` header that takes the cookie away once the sign-in is over. */
export const CLEARED_SIGN_IN_COOKIE = `${COOKIE_NAME}=; Max-Age=0; ${ATTRIBUTES}`;

/** Our cookie among those that a request brought, each as `name=value`. */
export function readSignInCookie(cookies: readonly string[]): SignInCookie | undefined {
  const values = cookies.filter((cookie) => cookie.startsWith(`${COOKIE_NAME}=`));
  const [, linkId, browserKey] = VALUE_PATTERN.exec(values[0]?.slice(COOKIE_NAME.length + 1) ?? '') ?? [];
  return linkId && browserKey && values.length === 1 ? { linkId, browserKey } : undefined;
}
