import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import { createMailbox } from '../../../local/aws/ses/mailbox.ts';
import { createAwsServer } from '../../../local/run/aws-server.ts';
import { startServer, temporaryFolder } from '../running-server.ts';

const TARGET = { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' };

/** `fetch` sets `Host` by itself, so this call is made by hand. */
async function callWithHost(port: number, host: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', path: '/mailbox.json', headers: { host } }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    });
    call.on('error', reject).end();
  });
}

test('an AWS JSON call reaches its service by its target', async () => {
  const calls: unknown[] = [];
  const { clientOptions } = await startServer({
    stepFunctions: async (operation, body) => {
      calls.push([operation, body]);
      return { stateMachines: [] };
    },
  });
  const client = new SFNClient(clientOptions);
  onTestFinished(() => client.destroy());

  const answer = await client.send(new ListStateMachinesCommand({ maxResults: 5 }));

  expect(answer.stateMachines).toEqual([]);
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(calls).toEqual([['ListStateMachines', { maxResults: 5 }]]);
});

test('a service’s refusal keeps its name and status; a fault of ours tells nothing of itself', async () => {
  const errors = [new AwsError('InvalidArn', 'the ARN is not one'), new Error('with a secret in it')];
  const { clientOptions } = await startServer({ stepFunctions: () => Promise.reject(errors.shift()) });
  const client = new SFNClient(clientOptions);
  onTestFinished(() => client.destroy());
  const call = () => client.send(new ListStateMachinesCommand());

  await expect(call()).rejects.toMatchObject({ name: 'InvalidArn', message: 'the ARN is not one' });
  await expect(call()).rejects.toMatchObject({
    name: 'InternalFailure',
    message: expect.not.stringContaining('secret'),
    $metadata: { httpStatusCode: 500 },
  });
});

test('only loopback host names are answered, so that no name that points here can read along', async () => {
  const { port } = await startServer({ mailbox: createMailbox({ folder: temporaryFolder() }) });

  expect(await callWithHost(port, `localhost:${port}`)).toEqual({ status: 200, body: '[]' });
  expect(await callWithHost(port, `[::1]:${port}`)).toEqual({ status: 200, body: '[]' });
  expect((await callWithHost(port, 'evil.example')).status).toBe(421);
  expect((await callWithHost(port, '127.0.0.1.evil.example')).status).toBe(421);
});

test.each([
  ['an AWS JSON call', '/', { ...TARGET }],
  ['a mail', '/v2/email/outbound-emails', {}],
  ['an S3 call', '/bucket/key', { authorization: 'AWS4-HMAC-SHA256 x' }],
])('%s from a web page is refused', async (_, path, headers) => {
  const { url } = await startServer({ stepFunctions: async () => ({}) });
  const call = { method: 'POST', body: '{}', headers: { ...headers, origin: 'https://evil.example' } };
  expect((await fetch(`${url}${path}`, call)).status).toBe(403);
});

test.each([
  ['a body that is not JSON', TARGET, '{', 400, 'SerializationException'],
  ['an unknown service', { 'x-amz-target': 'Logs.Put' }, '{}', 400, 'UnknownOperationException'],
  [
    'a service that is named like a property of objects',
    { 'x-amz-target': 'constructor.X' },
    '{}',
    400,
    'UnknownOperationException',
  ],
  ['a body without end', TARGET, 'x'.repeat(16 * 1024 * 1024 + 1), 413, 'RequestEntityTooLarge'],
])('%s is refused by name', async (_, headers, body, status, code) => {
  const { url } = await startServer({ stepFunctions: async () => ({}) });

  const answer = await fetch(url, { method: 'POST', headers, body });

  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([status, code]);
  expect(await answer.json()).toMatchObject({ __type: code });
});

test('LastPass’s own path goes to the simulator', async () => {
  const { url } = await startServer({
    lastPass: (_request, response) => response.writeHead(200).end('{"status":"OK"}'),
  });
  expect(await (await fetch(`${url}/enterpriseapi.php`, { method: 'POST', body: '{}' })).text()).toBe(
    '{"status":"OK"}',
  );
});

test('the index page tells what is here, also with markup in it', async () => {
  const indexEntries = [{ title: 'Evidence <b>', about: 'What was sealed.' }];
  const { url } = await startServer({ mailbox: createMailbox({ folder: temporaryFolder() }), indexEntries });

  const page = await (await fetch(url)).text();

  expect(page).toContain('<a href="/mailbox">Mailbox</a>');
  expect(page).toContain('Evidence &lt;b&gt;');
  expect(page).toContain(`AWS_ENDPOINT_URL=${url}`);
});

test('a port that is taken is an error of listening', async () => {
  const { port } = await startServer({});
  await expect(createAwsServer({}).listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
