import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { createSlackSecret } from '../../../lambdas/slack/slack-secret.ts';

/** The real client of Secrets Manager, and a server that holds one secret and counts how often it is read. */
async function storeSecret(
  text: string,
): Promise<{ secret: { text: string; reads: number }; client: SecretsManagerClient }> {
  const secret = { text, reads: 0 };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      secret.reads += 1;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ ARN: 'arn:secret', Name: 'slack', SecretString: secret.text }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
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

const GOOD = { botToken: 'xoxb-1-2-abc', signingSecret: '0123456789abcdef0123456789abcdef' };

test('the secret is cached until it expires, and simultaneous reads share one call', async () => {
  let now = 0;
  const { secret, client } = await storeSecret(JSON.stringify({ ...GOOD, botToken: ' xoxb-1-2-abc\n' }));
  const source = createSlackSecret({ client, secretArn: 'arn:secret', clock: () => now, ttlMs: 1_000 });

  expect(await Promise.all([source.read(), source.read()])).toEqual([GOOD, GOOD]);
  now = 999;
  await source.read();
  expect(secret.reads).toBe(1);
  now = 1_000;
  await source.read();
  expect(secret.reads).toBe(2);
  await source.read({ refresh: true });
  expect(secret.reads).toBe(3);
});

test.each([
  [JSON.stringify({ botToken: GOOD.botToken }), 'signingSecret'],
  [JSON.stringify({ ...GOOD, signingSecret: '' }), 'signingSecret'],
  [JSON.stringify({ ...GOOD, signingSecret: 'top-secret' }), 'signingSecret'],
  [JSON.stringify({ signingSecret: 'top-secret-signing-0123456789' }), 'botToken'],
  [JSON.stringify({ ...GOOD, botToken: 'xoxp-top-secret-user-token' }), 'botToken'],
  ['"top-secret"', 'the whole value'],
  ['top-secret', 'not JSON'],
])('the secret %s is refused by naming the field', async (text, words) => {
  const { client } = await storeSecret(text);
  const error: unknown = await createSlackSecret({ client, secretArn: 'arn:secret' })
    .read()
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'SlackSecretError', message: expect.stringContaining(words) });
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('top-secret');
});
