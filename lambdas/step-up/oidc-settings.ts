import * as z from 'zod';

/** The provider's path back to us, beside the approval links. Registered with the provider, on the page's origin. */
export const SIGN_IN_CALLBACK_PATH = '/approvals/sign-in/callback';

/**
 * The company's OpenID provider. The issuer must be the company's own tenant: one that many companies share would let
 * any of them claim any address.
 */
export const oidcSettingsSchema = z.object({
  issuer: z.url().refine((issuer) => issuer.startsWith('https://') || isLoopback(issuer), {
    message: 'must be https',
  }),
  clientId: z.string().min(1).max(200),
});
export type OidcSettings = z.infer<typeof oidcSettingsSchema>;

/** Plain http is for a provider on this very machine, where there is no network to listen on. */
export function isLoopback(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}
