import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it, onTestFinished } from 'vitest';
import { createOidcClientSecret } from '../../../lambdas/step-up/oidc-client-secret.ts';
import { oidcSettingsSchema } from '../../../lambdas/step-up/oidc-settings.ts';
import { createSecretsManager } from '../../../local/aws/secrets-manager/secrets-manager.ts';
import { startServer } from '../../local/running-server.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:oidc';

async function stored(initial: string) {
  const { clientOptions } = await startServer({
    secretsManager: createSecretsManager({ secrets: [{ name: 'oidc', arn: ARN, initial }] }),
  });
  const client = new SecretsManagerClient(clientOptions);
  onTestFinished(() => client.destroy());
  return createOidcClientSecret({ client, secretArn: ARN });
}

it('the client secret is read from Secrets Manager, without the line break that an editor left', async () => {
  const read = await stored('a client secret\n');
  expect(await read()).toBe('a client secret');
});

it('a secret of nothing but space is named as what is wrong', async () => {
  const read = await stored('  ');
  await expect(read()).rejects.toThrow('OIDC client secret: empty; store it as plain text');
});

it.each([
  ['https://login.example.com/tenant', true],
  ['http://127.0.0.1:9000', true],
  ['http://localhost:9000', true],
  ['http://login.example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['ftp://login.example.com', false],
])('an issuer at %s is taken: %s', (issuer, isTaken) => {
  expect(oidcSettingsSchema.safeParse({ issuer, clientId: 'offboarding' }).success).toBe(isTaken);
});
