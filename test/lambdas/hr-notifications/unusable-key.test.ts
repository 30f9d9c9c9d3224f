import { expect, it } from 'vitest';
import { unusableKeysOf } from '../../../lambdas/hr-notifications/unusable-key.ts';
import { openWebhookWorld } from './webhook-world.ts';

it.each([
  ['not put yet', '', 'is not JSON'],
  ['put as plain text', 'an-example-key-of-a-company', 'is not JSON'],
  ['a text in JSON', '"an-example-key-of-a-company"', 'the whole value is no JSON object'],
  ['too short', '{"signingKey":"fifteen-letters"}', 'signingKey is shorter than 16 characters'],
  ['only blanks', '{"signingKey":"                    "}', 'signingKey is shorter than 16 characters'],
  ['in another field', '{"key":"an-example-key-of-a-company"}', 'signingKey is missing, or no text'],
])('a signing key that is %s is told of each system, without what the secret holds', async (_what, text, problem) => {
  const world = await openWebhookWorld();
  world.secret.text = text;
  const found = await unusableKeysOf(world.systems);
  expect(found).toMatchObject([
    { system: 'workday-like', problem },
    { system: 'adp-like', problem },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/an-example|fifteen/);
});

it('a right key is told of nobody', async () => {
  const world = await openWebhookWorld();
  expect(await unusableKeysOf(world.systems)).toEqual([]);
});

it.each([
  ['ResourceNotFoundException', 'has no value yet, or was deleted'],
  ['InvalidRequestException', 'is marked for deletion'],
])('a secret that answers %s: it %s', async (name, problem) => {
  const secret = { read: async () => Promise.reject(Object.assign(new Error('of AWS'), { name })) };
  expect(await unusableKeysOf([{ name: 'bob', secret }])).toMatchObject([{ system: 'bob', problem }]);
});

it.each(['ThrottlingException', 'TimeoutError', 'constructor'])(
  'Secrets Manager that fails with %s says nothing of the key: the look is taken again',
  async (name) => {
    const secret = { read: async () => Promise.reject(Object.assign(new Error('of AWS'), { name })) };
    await expect(unusableKeysOf([{ name: 'bob', secret }])).rejects.toThrow('of AWS');
  },
);
