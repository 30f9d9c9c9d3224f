import type { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ContractName } from '../domain/effect.ts';
import { createLastPassClient, type LastPassClient } from './client.ts';
import { createSecretCredentials } from './secret-credentials.ts';

/** The LastPass client that every step uses which talks to LastPass, with credentials from Secrets Manager. */
export function lastPassFrom(
  environment: {
    readonly LASTPASS_SECRET_ARN: string;
    readonly LASTPASS_URL: string;
    readonly LASTPASS_CONTRACT: ContractName;
  },
  logger: Pick<Logger, 'warn'>,
): LastPassClient {
  return createLastPassClient({
    url: environment.LASTPASS_URL,
    contract: environment.LASTPASS_CONTRACT,
    credentials: createSecretCredentials({
      client: new SecretsManagerClient(),
      secretArn: environment.LASTPASS_SECRET_ARN,
    }),
    onOddEntries: (odd) => logger.warn('LastPass lists entries of an unknown shape, which are left out', { ...odd }),
  });
}
