import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { createSecretCredentials } from '../../../lambdas/lastpass/secret-credentials.ts';
import { SIMULATED_CREDENTIALS } from '../../../local/lastpass-simulator/simulator-options.ts';
import { startSimulator } from '../../local/lastpass-simulator/start-simulator.ts';

const JANE = 'jane.doe@example.com';

/** The real client of Secrets Manager, and a server that holds one secret and counts how often it is read. */
async function storeSecret(initial: string) {
  const secret = { text: initial, reads: 0 };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      secret.reads += 1;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ ARN: 'arn:secret', Name: 'lastpass', SecretString: secret.text }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = new SecretsManagerClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { secret, client };
}

const written = (credentials: unknown) => JSON.stringify(credentials);

test('a rotated hash is re-read exactly once, and the command succeeds', async () => {
  const { secret, client: secrets } = await storeSecret(written(SIMULATED_CREDENTIALS));
  const source = createSecretCredentials({ client: secrets, secretArn: 'arn:secret' });
  const { client, simulator } = await startSimulator({ clientCredentials: source });
  await client.findAccount(JANE);
  secret.text = written(simulator.rotateSecret());

  expect(await client.disableAccounts([JANE])).toEqual({ changed: [JANE], unchanged: [] });
  await client.findAccount(JANE);

  expect(secret.reads).toBe(2);
  expect(simulator.calls.map((call) => call.isAuthorized)).toEqual([true, false, true, true]);
});

test('a burst of refusals after a rotation reads the secret once', async () => {
  const { secret, client: secrets } = await storeSecret(written(SIMULATED_CREDENTIALS));
  const source = createSecretCredentials({ client: secrets, secretArn: 'arn:secret' });
  await source.read();

  await Promise.all(Array.from({ length: 20 }, () => source.read({ refresh: true })));

  expect(secret.reads).toBe(2);
});

test('a hash that stays wrong is tried twice and never told', async () => {
  const { secret, client: secrets } = await storeSecret(written({ cid: 12345678, provhash: 'an-outdated-hash' }));
  const source = createSecretCredentials({ client: secrets, secretArn: 'arn:secret' });
  const { client, simulator } = await startSimulator({ clientCredentials: source });

  const error: unknown = await client.deleteAccount({ username: JANE, action: 2 }).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ name: 'LastPassUnauthorizedError' });
  expect(simulator.calls).toHaveLength(2);
  expect(secret.reads).toBe(2);
  expect(simulator.directory.find(JANE)).toBeDefined();
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('an-outdated-hash');
});

test('the secret is cached until it expires', async () => {
  let now = 0;
  const { secret, client } = await storeSecret(written({ cid: '123', provhash: ' some-hash\n' }));
  const source = createSecretCredentials({ client, secretArn: 'arn:secret', clock: () => now, ttlMs: 1_000 });

  expect(await source.read()).toEqual({ cid: '123', provhash: 'some-hash' });
  now = 999;
  await source.read();
  expect(secret.reads).toBe(1);
  now = 1_000;
  await source.read();
  expect(secret.reads).toBe(2);
});

test.each([
  ['{"cid":1}', 'provhash'],
  ['{"provhash":"top-secret-hash"}', 'cid'],
  ['{"cid":"","provhash":"top-secret-hash"}', 'cid'],
  ['"top-secret-hash"', 'the whole value'],
  ['top-secret-hash', 'not JSON'],
])('the secret %s is refused by naming the field', async (text, words) => {
  const { client } = await storeSecret(text);
  const source = createSecretCredentials({ client, secretArn: 'arn:secret' });

  const error: unknown = await source.read().catch((reason: unknown) => reason);

  expect(error).toMatchObject({ name: 'LastPassSecretError', message: expect.stringContaining(words) });
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('top-secret');
});
