import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createOidcClient, type OidcClient } from './oidc-client.ts';
import { createOidcClientSecret } from './oidc-client-secret.ts';
import { type OidcSettings, SIGN_IN_CALLBACK_PATH } from './oidc-settings.ts';

/** The company's sign-in, where one is configured: a public client, or one with a secret of its own. */
export function oidcFrom(
  environment: {
    readonly APPROVAL_BASE_URL: string;
    readonly OIDC_SETTINGS?: OidcSettings | undefined;
    readonly OIDC_CLIENT_SECRET_ARN?: string | undefined;
  },
  now: () => Date,
): OidcClient | undefined {
  const { APPROVAL_BASE_URL, OIDC_SETTINGS, OIDC_CLIENT_SECRET_ARN: secretArn } = environment;
  if (!OIDC_SETTINGS) return undefined;
  return createOidcClient({
    ...OIDC_SETTINGS,
    redirectUri: `${APPROVAL_BASE_URL}${SIGN_IN_CALLBACK_PATH}`,
    ...(secretArn && { clientSecret: createOidcClientSecret({ client: new SecretsManagerClient(), secretArn }) }),
    now,
  });
}
