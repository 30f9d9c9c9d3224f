import { inspect } from 'node:util';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { apisOfHrSystems } from '../../../../lambdas/hr-notifications/hr-system-apis.ts';
import { publicFetch } from '../../../../lambdas/hr-sources/public-fetch.ts';
import { createSecretsManager } from '../../../../local/aws/secrets-manager/secrets-manager.ts';
import { startServer } from '../../../local/running-server.ts';
import { startOauthStandIn } from '../oauth-stand-in.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gusto-AbCdEf';
const PUT = { clientId: 'client-id', clientSecret: 'client-secret', refreshToken: 'refresh-0' };
const storedSchema = z.looseObject({ refreshToken: z.string(), accessToken: z.string().optional() });

type Revokes = Parameters<typeof startOauthStandIn>[0]['revokes'];

async function openWorld(revokes: Revokes, initial: unknown = PUT) {
  const issuer = await startOauthStandIn({ revokes });
  const store = createSecretsManager({ secrets: [{ name: 'gusto', arn: ARN, initial: JSON.stringify(initial) }] });
  const fails: { put?: string } = {};
  const time = { now: Date.parse('2026-01-20T09:00:00Z') };
  const puts: unknown[] = [];
  const aws = await startServer({
    secretsManager: async (operation, body) => {
      if (operation === 'PutSecretValue') {
        if (fails.put) throw new TypeError(fails.put);
        puts.push(body);
      }
      return store(operation, body);
    },
  });
  /** One function, with a cache of its own. */
  function startFunction() {
    const client = new SecretsManagerClient({ ...aws.clientOptions, maxAttempts: 1 });
    onTestFinished(() => client.destroy());
    const systems = [{ name: 'gusto', kind: 'gusto', settings: { apiUrl: issuer.url } }];
    const fetch = publicFetch({ isLoopbackAllowed: true });
    const read = apisOfHrSystems(systems, { client, fetch, secretArns: { gusto: ARN }, clock: () => time.now })(
      'gusto',
    );
    return { read: () => read({ path: '/employees/1' }), client };
  }
  const stored = async () => {
    const answer = await store('GetSecretValue', { SecretId: ARN });
    return storedSchema.parse(JSON.parse(z.object({ SecretString: z.string() }).parse(answer).SecretString));
  };
  return { issuer, time, fails, puts, startFunction, stored };
}

describe.each<Revokes>(['on first use', 'at once'])(
  'Gusto’s tokens, whose issuer revokes the last one %s',
  (revokes) => {
    it('are fetched with the refresh token that the operator put, and stored back', async () => {
      const { startFunction, stored, issuer } = await openWorld(revokes);
      expect(await startFunction().read()).toEqual({ id: 1 });
      expect(await stored()).toMatchObject({ ...PUT, refreshToken: 'refresh-1', accessToken: 'access-1' });
      expect(await startFunction().read()).toEqual({ id: 1 });
      expect(issuer.seen.renewals).toBe(1);
    });

    it.each([
      ['two hours later, as it was said', 2 * 3600],
      ['earlier than it was said, and are refused', 600],
    ])('are renewed when they end %s, time after time', async (_when, seconds) => {
      const { startFunction, stored, issuer, time } = await openWorld(revokes);
      const { read } = startFunction();
      for (let n = 1; n <= 4; n += 1) {
        expect(await read()).toEqual({ id: 1 });
        issuer.endAccessTokens();
        time.now += seconds * 1000;
      }
      expect((await stored()).refreshToken).toBe('refresh-4');
      expect(issuer.seen.renewals).toBe(4);
    });

    it('two functions that renew at once both read on, and the newest refresh token is the one that is stored', async () => {
      const { startFunction, stored, issuer } = await openWorld(revokes);
      const functions = Array.from({ length: 4 }, startFunction);
      const outcomes = await Promise.allSettled(functions.map(({ read }) => read()));
      // Whoever found it spent before the first one stored its successor is called again by the state machine.
      for (const [index, { status }] of outcomes.entries()) {
        if (status === 'rejected') expect(await functions[index]?.read()).toEqual({ id: 1 });
      }
      const { refreshToken } = await stored();
      expect(issuer.isRevoked(refreshToken)).toBe(false);
      expect(await startFunction().read()).toEqual({ id: 1 });
    });
  },
);

describe('a crash between renewing and storing', () => {
  it('loses nothing where the last token counts until the new one is used: it is stored before it is used', async () => {
    const { startFunction, stored, issuer, fails } = await openWorld('on first use');
    fails.put = 'the store is away';
    await expect(startFunction().read()).rejects.toThrow();
    expect(issuer.seen).toMatchObject({ renewals: 1, reads: 0 });
    expect(await stored()).toEqual(PUT);
    delete fails.put;
    expect(await startFunction().read()).toEqual({ id: 1 });
  });

  it('is told with its remedy where the issuer revoked it at once, without a token in the words', async () => {
    const { startFunction, fails } = await openWorld('at once');
    fails.put = 'the store is away';
    await expect(startFunction().read()).rejects.toThrow();
    delete fails.put;
    const error: unknown = await startFunction()
      .read()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'HrApiSecretError',
      message: expect.stringContaining('authorise anew and put what you get'),
    });
    const words = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    for (const secret of ['refresh-0', 'client-secret']) expect(words).not.toContain(secret);
  });
});

it('what an operator puts meanwhile is not overwritten by a renewal that began before', async () => {
  const { startFunction, stored, issuer } = await openWorld('on first use');
  const { read, client } = startFunction();
  issuer.holdRenewals(async () => {
    const SecretString = JSON.stringify({ ...PUT, accessToken: 'access-0' });
    await client.send(new PutSecretValueCommand({ SecretId: ARN, SecretString }));
    issuer.holdRenewals(async () => {});
  });
  expect(await read()).toEqual({ id: 1 });
  expect(await stored()).toMatchObject({ refreshToken: 'refresh-0', accessToken: 'access-0' });
});

it('a token endpoint that is away is worth waiting for, and spends nothing', async () => {
  const { startFunction, issuer, puts } = await openWorld('at once');
  issuer.seen.isAway = true;
  await expect(startFunction().read()).rejects.toMatchObject({ name: 'HrSystemUnavailableError' });
  issuer.seen.isAway = false;
  expect(await startFunction().read()).toEqual({ id: 1 });
  expect(puts).toHaveLength(1);
});

it('a token that was renewed just now and is refused is not renewed again: it is not allowed to read', async () => {
  const { startFunction, issuer } = await openWorld('on first use');
  const { read } = startFunction();
  await read();
  issuer.endAccessTokens();
  await expect(read()).rejects.toMatchObject({ name: 'HrSystemRefusedError' });
  expect(issuer.seen.renewals).toBe(1);
});

it('an access token that somebody else renews is used as it is', async () => {
  const { startFunction, issuer, puts } = await openWorld('on first use', { accessToken: 'access-0' });
  expect(await startFunction().read()).toEqual({ id: 1 });
  expect([issuer.seen.renewals, puts.length]).toEqual([0, 0]);
});
