import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { findRoute } from '../../../../local/aws/http-api/find-route.ts';
import { createHttpApi } from '../../../../local/aws/http-api/http-api.ts';
import { startServer } from '../../running-server.ts';

async function startApi(routes: Record<string, (event: unknown) => Promise<unknown>>) {
  const faults: unknown[] = [];
  const httpApi = createHttpApi({
    routes: Object.entries(routes).map(([routeKey, handler]) => ({ routeKey, handler })),
    accountId: '000000000000',
    onFault: (error) => faults.push(error),
  });
  return { ...(await startServer({ httpApi })), faults };
}

/** Answers with the event that it got. */
const echo = async (event: unknown) => ({ statusCode: 200, body: JSON.stringify(event) });

test('a handler gets the event of payload format 2.0', async () => {
  const { url } = await startApi({ 'GET /approvals/{link}': echo });

  const answer = await fetch(`${url}/approvals/a%20b?x=1&x=2&y=`, { headers: { Cookie: 'a=1; b=2', 'X-Test': 'Yes' } });

  expect(await answer.json()).toMatchObject({
    version: '2.0',
    routeKey: 'GET /approvals/{link}',
    rawPath: '/approvals/a%20b',
    rawQueryString: 'x=1&x=2&y=',
    cookies: ['a=1', 'b=2'],
    headers: { 'x-test': 'Yes', host: new URL(url).host },
    queryStringParameters: { x: '1,2', y: '' },
    pathParameters: { link: 'a b' },
    requestContext: { http: { method: 'GET', sourceIp: '127.0.0.1', userAgent: 'node' }, stage: '$default' },
    isBase64Encoded: false,
  });
});

test.each([
  ['application/json', false],
  ['text/plain; charset=utf-8', false],
  ['application/x-www-form-urlencoded', true],
  ['application/octet-stream', true],
])('a body of %s is base64-encoded: %s', async (type, isBase64Encoded) => {
  const { url } = await startApi({ 'POST /hook': echo });

  const answer = await fetch(`${url}/hook`, { method: 'POST', body: 'a=é', headers: { 'content-type': type } });

  const body = isBase64Encoded ? Buffer.from('a=é').toString('base64') : 'a=é';
  expect(await answer.json()).toMatchObject({ body, isBase64Encoded });
});

test('a handler’s status, headers, cookies and binary body reach the client', async () => {
  const { url } = await startApi({
    'GET /page': async () => ({
      statusCode: 201,
      headers: { 'X-Answer': 'yes' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    }),
  });

  const answer = await fetch(`${url}/page`);

  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-answer')).toBe('yes');
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255]);
});

test('a result without a status is the JSON of a 200', async () => {
  const { url } = await startApi({ 'GET /facts': async () => ({ a: 1 }) });
  const answer = await fetch(`${url}/facts`);
  expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
    200,
    'application/json',
    { a: 1 },
  ]);
});

test('a GET route does not answer HEAD, and unknown paths are 404', async () => {
  const { url } = await startApi({ 'GET /approvals/{link}': echo });

  expect((await fetch(`${url}/approvals/a`, { method: 'HEAD' })).status).toBe(404);
  const missing = await fetch(`${url}/approvals/a/b`);
  expect([missing.status, await missing.text()]).toEqual([404, '{"message":"Not Found"}']);
});

test('a handler that rejects says nothing to the client, and all to the operator', async () => {
  const reason = new Error('the secret reason');
  const { url, faults } = await startApi({ 'GET /broken': () => Promise.reject(reason) });

  const answer = await fetch(`${url}/broken`);

  expect([answer.status, await answer.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(faults).toEqual([reason]);
});

test('a body of more than 10 MB is refused before the handler', async () => {
  const { url, faults } = await startApi({ 'POST /hook': echo });
  const answer = await fetch(`${url}/hook`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
  expect([answer.status, faults]).toEqual([413, []]);
});

test('the most specific route wins', () => {
  const handler = echo;
  const keys = ['$default', 'ANY /{proxy+}', 'GET /approvals/{link}', 'ANY /approvals/new', 'GET /approvals/new'];
  const routes = keys.map((routeKey) => ({ routeKey, handler }));
  const keyFor = (method: string, path: string) => findRoute(routes, method, path)?.route.routeKey;

  expect(keyFor('GET', '/approvals/new')).toBe('GET /approvals/new');
  expect(keyFor('POST', '/approvals/new')).toBe('ANY /approvals/new');
  expect(keyFor('GET', '/approvals/x')).toBe('GET /approvals/{link}');
  expect(keyFor('GET', '/approvals/x/y')).toBe('ANY /{proxy+}');
  expect(keyFor('GET', '/')).toBe('$default');
  expect(findRoute(routes, 'GET', '/a/b%2Fc')?.pathParameters).toEqual({ proxy: 'a/b/c' });
});

test('a path that is not valid percent-encoding finds no route', async () => {
  const { port } = await startApi({ 'GET /approvals/{link}': echo });
  const status = await new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', path: '/approvals/%zz' }, async (response) => {
      await text(response);
      resolve(response.statusCode);
    });
    call.on('error', reject).end();
  });
  expect(status).toBe(404);
});
