import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { OidcClientSecretError } from './errors.ts';

/**
 * Reads the client secret, plain text, from Secrets Manager. Not cached here: the client asks only when it discovers
 * the provider anew, and that is also what follows a rotation.
 * @throws OidcClientSecretError when the secret is empty. Errors of Secrets Manager pass through unchanged.
 */
export function createOidcClientSecret(options: {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
}): () => Promise<string> {
  return async () => {
    const { SecretString } = await options.client.send(new GetSecretValueCommand({ SecretId: options.secretArn }));
    const secret = SecretString?.trim();
    if (!secret) throw new OidcClientSecretError('OIDC client secret: empty; store it as plain text');
    return secret;
  };
}
