import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { publicFetch } from '../../../lambdas/hr-sources/public-fetch.ts';
import { createHrApi } from '../../../lambdas/hr-sources/read-hr-api.ts';
import { errorName } from '../../failing-by-name.ts';

interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An HR system on this machine; `answer` decides what it says to the nth request. */
async function startHrSystem(answer: (response: ServerResponse, nth: number) => void) {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(response, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}/api/v1`, seen };
}

const fetch = publicFetch({ isLoopbackAllowed: true });

function apiAt(url: string, timeoutMs = 2_000) {
  const refreshes: boolean[] = [];
  const authorize = async ({ refresh }: { readonly refresh: boolean }) => {
    refreshes.push(refresh);
    return { authorization: refresh ? 'Bearer new-token' : 'Bearer old-token' };
  };
  return { read: createHrApi({ system: 'payroll', url, authorize, timeoutMs, fetch }), refreshes };
}

const json = (response: ServerResponse, status: number, value: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

describe('reading an HR system’s API', () => {
  it('asks with credentials, for JSON, behind the configured address', async () => {
    const { url, seen } = await startHrSystem((response) => json(response, 200, { id: 1 }));

    expect(await apiAt(url).read({ path: '/employees/1?fields=status', headers: { 'x-version': '2' } })).toEqual({
      id: 1,
    });

    expect(seen).toMatchObject([
      {
        method: 'GET',
        url: '/api/v1/employees/1?fields=status',
        headers: { authorization: 'Bearer old-token', accept: 'application/json', 'x-version': '2' },
        body: '',
      },
    ]);
  });

  it('spells a read as POST for those who want it', async () => {
    const { url, seen } = await startHrSystem((response) => json(response, 200, {}));
    await apiAt(url).read({ path: '/people/1', body: { fields: ['root.email'] } });
    expect(seen).toMatchObject([{ method: 'POST', body: '{"fields":["root.email"]}' }]);
    expect(seen[0]?.headers['content-type']).toBe('application/json');
  });

  it.each([401, 403])('credentials refused with %d are read anew, once', async (status) => {
    const { url, seen } = await startHrSystem((response, nth) => json(response, nth === 1 ? status : 200, { nth }));
    const { read, refreshes } = apiAt(url);

    expect(await read({ path: '/employees/1' })).toEqual({ nth: 2 });

    expect(refreshes).toEqual([false, true]);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old-token', 'Bearer new-token']);
  });

  it.each([401, 403, 404, 400, 204])('an answer of %d is a refusal', async (status) => {
    const { url, seen } = await startHrSystem((response) => response.writeHead(status).end());
    expect(await errorName(apiAt(url).read({ path: '/employees/1' }))).toBe('HrSystemRefusedError');
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  it.each([408, 425, 429, 500, 502, 503])('an answer of %d asks to come again', async (status) => {
    const { url } = await startHrSystem((response) => response.writeHead(status).end('{}'));
    expect(await errorName(apiAt(url).read({ path: '/employees/1' }))).toBe('HrSystemUnavailableError');
  });

  it('a system that is not there, breaks off or says nothing is away', async () => {
    expect(await errorName(apiAt('http://127.0.0.1:9').read({ path: '/' }))).toBe('HrSystemUnavailableError');
    const broken = await startHrSystem((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id"');
      response.destroy();
    });
    expect(await errorName(apiAt(broken.url).read({ path: '/' }))).toBe('HrSystemUnavailableError');
    const silent = await startHrSystem(() => undefined);
    expect(await errorName(apiAt(silent.url, 50).read({ path: '/' }))).toBe('HrSystemUnavailableError');
  });

  it('a redirect is refused, and the credentials go nowhere else', async () => {
    const other = await startHrSystem((response) => json(response, 200, {}));
    const { url } = await startHrSystem((response) => response.writeHead(302, { location: other.url }).end());
    expect(await errorName(apiAt(url).read({ path: '/' }))).toBe('HrSystemRefusedError');
    expect(other.seen).toEqual([]);
  });

  it('an answer of more than a megabyte is not read to its end', async () => {
    const { url } = await startHrSystem((response) => response.end(`"${'x'.repeat(1_100_000)}"`));
    expect(await errorName(apiAt(url).read({ path: '/' }))).toBe('HrSystemRefusedError');
  });

  it.each([
    ['an answer that is no JSON', (response: ServerResponse) => response.end('<html>jane.doe@example.com</html>')],
    ['a refusal', (response: ServerResponse) => response.writeHead(404).end('jane.doe@example.com is gone')],
    ['an outage', (response: ServerResponse) => response.writeHead(503).end('jane.doe@example.com cannot be read')],
  ])('%s is told without the person, the address or the token', async (_what, answer) => {
    const { url } = await startHrSystem(answer);
    const error: unknown = await apiAt(url)
      .read({ path: '/employees/jane.doe' })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringMatching(/^API of payroll: /) });
    const said = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    for (const secret of ['jane', '-token', '127.0.0.1']) expect(said.split('\n    at ')[0]).not.toContain(secret);
  });
});
