import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { apisOfHrSystems } from '../../../lambdas/hr-notifications/hr-system-apis.ts';
import { publicFetch } from '../../../lambdas/hr-sources/public-fetch.ts';
import { findHrSource } from '../../../lambdas/hr-sources/vendors/hr-sources.ts';

/** One server for both: Secrets Manager answers POST, the HR system GET. */
async function startBoth(secret: { text: string }) {
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.method === 'POST') {
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify({ ARN: 'arn:secret', Name: 'hr', SecretString: secret.text }));
        return;
      }
      authorizations.push(request.headers.authorization);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const url = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SecretsManagerClient({ endpoint: url, region: 'eu-west-1', credentials });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  const systems = [
    { name: 'gusto', kind: 'gusto', settings: { apiUrl: `${url}/` } },
    { name: 'peopleforce', kind: 'peopleforce', settings: {} },
  ];
  const secretArns = { gusto: 'arn:secret' };
  return {
    authorizations,
    apiOf: apisOfHrSystems(systems, { client, secretArns, fetch: publicFetch({ isLoopbackAllowed: true }) }),
  };
}

describe('the API of a configured HR system', () => {
  it('is read with the credentials of its secret', async () => {
    const { apiOf, authorizations } = await startBoth({ text: '{"accessToken":" a-token\\n"}' });
    expect(await apiOf('gusto')({ path: '/employees/1' })).toEqual({});
    expect(authorizations).toEqual(['Bearer a-token']);
  });

  it.each([
    ['{"token":"top-secret"}', 'accessToken'],
    ['top-secret', 'not JSON'],
  ])('a secret of %s is refused by naming the field', async (text, words) => {
    const { apiOf, authorizations } = await startBoth({ text });
    const error: unknown = await apiOf('gusto')({ path: '/' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'HrApiSecretError', message: expect.stringContaining(words) });
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('top-secret');
    expect(authorizations).toEqual([]);
  });

  it.each(['peopleforce', 'abacus'])('%s has none, and refuses', async (system) => {
    const { apiOf } = await startBoth({ text: '{}' });
    await expect(apiOf(system)({ path: '/' })).rejects.toMatchObject({ name: 'HrSystemRefusedError' });
  });
});

describe('where and how each vendor’s API is read', () => {
  const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  it.each([
    [
      'bamboohr',
      { companyDomain: 'example' },
      { apiKey: 'key' },
      'https://example.bamboohr.com/api/v1',
      basic('key', 'x'),
    ],
    ['hibob', {}, { serviceUserId: 'id', token: 'token' }, 'https://api.hibob.com/v1', basic('id', 'token')],
    ['gusto', {}, { accessToken: 'token' }, 'https://api.gusto.com/v1', 'Bearer token'],
  ])('%s', (kind, settings, secret, url, authorization) => {
    const source = findHrSource(kind);
    expect(source?.apiOf?.(settings)?.url).toBe(url);
    expect(source?.apiOf?.(settings)?.headers(secret)).toEqual({ authorization });
    const sandbox = source?.apiOf?.({ ...settings, apiUrl: 'https://sandbox.example.com/v1/' });
    expect(sandbox?.url).toBe('https://sandbox.example.com/v1');
  });

  it.each(['http://api.example.com', 'ftp://127.0.0.1', 'api.example.com'])(
    'no other address than https, or on this machine: %s',
    (apiUrl) => {
      expect(findHrSource('gusto')?.settings.safeParse({ apiUrl }).success).toBe(false);
    },
  );

  it.each([
    ['bamboohr', { companyDomain: 'example.com/../evil' }],
    ['bamboohr', {}],
    ['okta', { eventBus: 'default' }],
    ['gusto', { apiURL: 'https://api.example.com' }],
  ])('%s refuses the settings %j', (kind, settings) => {
    expect(findHrSource(kind)?.settings.safeParse(settings).success).toBe(false);
  });
});
