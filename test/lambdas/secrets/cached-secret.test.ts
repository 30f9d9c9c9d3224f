import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { createCachedSecret } from '../../../lambdas/secrets/cached-secret.ts';
import { startServer } from '../../local/running-server.ts';

async function storeSecret(text: string, options: { refreshPauseMs?: number } = {}) {
  const stored = { text, reads: 0, now: 0 };
  const { clientOptions } = await startServer({
    secretsManager: async () => {
      stored.reads += 1;
      if (stored.text === 'away') throw new TypeError('Secrets Manager is away');
      return { SecretString: stored.text };
    },
  });
  const client = new SecretsManagerClient(clientOptions);
  onTestFinished(() => client.destroy());
  const source = createCachedSecret({
    client,
    secretArn: 'arn:secret',
    schema: z.object({ key: z.string() }),
    refuse: (problem) => new RangeError(problem),
    clock: () => stored.now,
    ttlMs: 300_000,
    ...options,
  });
  return { stored, source };
}

it('a value is kept until it expires, and simultaneous readers share one call', async () => {
  const { stored, source } = await storeSecret('{"key":"a"}');
  expect(await Promise.all([source.read(), source.read()])).toEqual([{ key: 'a' }, { key: 'a' }]);
  stored.now = 299_999;
  await source.read();
  expect(stored.reads).toBe(1);
  stored.now = 300_000;
  await source.read();
  expect(stored.reads).toBe(2);
});

it('who asks for the latest gets it, without a pause at once', async () => {
  const { stored, source } = await storeSecret('{"key":"a"}');
  await source.read();
  stored.text = '{"key":"b"}';
  expect(await source.read({ refresh: true })).toEqual({ key: 'b' });
});

it('with a pause, no number of askers has it read more often', async () => {
  const { stored, source } = await storeSecret('{"key":"a"}', { refreshPauseMs: 60_000 });
  await source.read();
  stored.text = '{"key":"b"}';
  stored.now = 59_999;
  expect(await source.read({ refresh: true })).toEqual({ key: 'a' });
  stored.now = 60_000;
  expect(await source.read({ refresh: true })).toEqual({ key: 'b' });
  expect(stored.reads).toBe(2);
});

it('a read that failed is not kept, and the next one tries again', async () => {
  const { stored, source } = await storeSecret('away');
  await expect(source.read()).rejects.toThrow();
  stored.text = '{"key":"a"}';
  expect(await source.read()).toEqual({ key: 'a' });
});

it.each([
  ['top-secret', 'not JSON'],
  ['{"other":"top-secret"}', 'key missing or malformed'],
  ['"top-secret"', 'the whole value missing or malformed'],
])('the secret %s is refused by naming the field', async (text, words) => {
  const { source } = await storeSecret(text);
  const error: unknown = await source.read().catch((reason: unknown) => reason);
  expect(error).toEqual(new RangeError(words));
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('top-secret');
});
