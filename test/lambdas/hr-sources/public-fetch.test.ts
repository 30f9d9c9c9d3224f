import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { isPublicAddress } from '../../../lambdas/hr-sources/public-address.ts';
import { publicFetch } from '../../../lambdas/hr-sources/public-fetch.ts';
import { createHrApi } from '../../../lambdas/hr-sources/read-hr-api.ts';

/** A stand-in for what lies inside: it counts who comes. */
async function startInside() {
  const visits: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    visits.push(request.headers.authorization);
    response.end('{"inside":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: z.object({ port: z.number() }).parse(server.address()).port, visits };
}

const authorize = async () => ({ authorization: 'Bearer top-secret' });

async function readFrom(url: string, fetch = publicFetch({ isLoopbackAllowed: false })): Promise<unknown> {
  return createHrApi({ system: 'payroll', url, authorize, timeoutMs: 2_000, fetch })({ path: '/employees/1' });
}

const REFUSAL = {
  name: 'HrSystemRefusedError',
  message: 'API of payroll: its address leads into a private network; check the address in its settings',
};

describe('an API is read from hosts of the internet only', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]'])(
    '%s is not asked, and gets no credentials',
    async (host) => {
      const { port, visits } = await startInside();
      await expect(readFrom(`http://${host}:${port}`)).rejects.toMatchObject(REFUSAL);
      expect(visits).toEqual([]);
    },
  );

  it.each(['169.254.169.254', '10.0.0.8', '192.168.1.1', '172.31.255.255', '[fd00:ec2::254]', '[fe80::1]'])(
    'nor is %s',
    async (host) => {
      await expect(readFrom(`http://${host}`)).rejects.toMatchObject(REFUSAL);
    },
  );

  it('a name is judged by where it leads when the connection is made, and by everywhere it leads', async () => {
    const { port, visits } = await startInside();
    const leadingTo = (...addresses: string[]) =>
      publicFetch({
        isLoopbackAllowed: false,
        resolve: (_hostname, _options, answer) =>
          answer(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          ),
      });
    const url = `http://api.example.com:${port}`;
    await expect(readFrom(url, leadingTo('127.0.0.1'))).rejects.toMatchObject(REFUSAL);
    await expect(readFrom(url, leadingTo('8.8.8.8', '127.0.0.1'))).rejects.toMatchObject(REFUSAL);
    await expect(readFrom(url, leadingTo())).rejects.toMatchObject(REFUSAL);
    expect(visits).toEqual([]);
  });

  it('a stand-in on this machine is asked where that is allowed, and nothing else inside', async () => {
    const { port, visits } = await startInside();
    const fetch = publicFetch({ isLoopbackAllowed: true });
    expect(await readFrom(`http://localhost:${port}`, fetch)).toEqual({ inside: true });
    expect(visits).toEqual(['Bearer top-secret']);
    await expect(readFrom('http://169.254.169.254', fetch)).rejects.toMatchObject(REFUSAL);
  });
});

describe('an address is public', () => {
  it.each(['8.8.8.8', '93.184.215.14', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
    '%s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.255.255.254',
    '169.254.170.2',
    '172.16.0.1',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'example.com',
    '',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});
