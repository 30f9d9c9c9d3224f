import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { createSecretsManager } from '../../../../local/aws/secrets-manager/secrets-manager.ts';
import { startServer, temporaryFolder } from '../../running-server.ts';

const SECRET = {
  name: 'LastPass',
  arn: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:LastPass-a1b2c3',
  initial: '{"cid":1}',
};

async function startSecrets(file = join(temporaryFolder(), 'secrets.json')) {
  const { clientOptions } = await startServer({ secretsManager: createSecretsManager({ file, secrets: [SECRET] }) });
  const client = new SecretsManagerClient(clientOptions);
  onTestFinished(() => client.destroy());
  return { client, file };
}

test.each([SECRET.name, SECRET.arn, SECRET.arn.replace('-a1b2c3', '')])('a secret is read as %s', async (SecretId) => {
  const { client } = await startSecrets();
  const read = await client.send(new GetSecretValueCommand({ SecretId }));
  expect(read).toMatchObject({ ARN: SECRET.arn, SecretString: '{"cid":1}', VersionStages: ['AWSCURRENT'] });
  expect(read.CreatedDate).toBeInstanceOf(Date);
});

test('a new value becomes current, the old one previous, and both survive a restart', async () => {
  const { client, file } = await startSecrets();
  await client.send(new PutSecretValueCommand({ SecretId: SECRET.name, SecretString: '{"cid":2}' }));

  const again = await startSecrets(file);

  const read = (VersionStage?: string) =>
    again.client.send(new GetSecretValueCommand({ SecretId: SECRET.name, VersionStage }));
  expect((await read()).SecretString).toBe('{"cid":2}');
  expect((await read('AWSPREVIOUS')).SecretString).toBe('{"cid":1}');
  const described = await again.client.send(new DescribeSecretCommand({ SecretId: SECRET.name }));
  expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
});

test('the file is its owner’s alone', async () => {
  const { file } = await startSecrets();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('an unknown secret is named as AWS names it', async () => {
  const { client } = await startSecrets();
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('writing the same version twice is one write; another value under its id is refused', async () => {
  const { client } = await startSecrets();
  const ClientRequestToken = '6c1d9a52-5f0f-4a42-8f6e-0d4f3f0f7a11';
  const put = (SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId: SECRET.name, SecretString, ClientRequestToken }));

  await put('{"cid":3}');
  await put('{"cid":3}');
  await expect(put('{"cid":4}')).rejects.toMatchObject({ name: 'ResourceExistsException' });

  const { SecretList } = await client.send(new ListSecretsCommand());
  expect(SecretList?.map((secret) => Object.values(secret.SecretVersionsToStages ?? {}))).toEqual([
    [['AWSPREVIOUS'], ['AWSCURRENT']],
  ]);
});
