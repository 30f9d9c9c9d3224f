import { createServer, type ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createLastPassClient, type LastPassClient } from '../../../lambdas/lastpass/client.ts';
import type { Fault } from '../../../local/lastpass-simulator/faults.ts';
import { SIMULATED_CREDENTIALS } from '../../../local/lastpass-simulator/simulator-options.ts';
import { startSimulator } from '../../local/lastpass-simulator/start-simulator.ts';

const JANE = 'jane.doe@example.com';
const HASH = SIMULATED_CREDENTIALS.provhash;

async function failureOf(call: Promise<unknown>): Promise<Error> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('the call should have failed');
  return error;
}

function everythingIn(error: Error): string {
  return inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
}

const UNKNOWN_OUTCOMES: readonly (readonly [Fault, boolean])[] = [
  [{ kind: 'throttled' }, false],
  [{ kind: 'forbidden' }, false],
  [{ kind: 'serverError' }, false],
  [{ kind: 'serverError', status: 503 }, false],
  [{ kind: 'maintenancePage' }, false],
  [{ kind: 'timeoutBeforeWrite' }, false],
  [{ kind: 'timeoutAfterWrite' }, true],
  [{ kind: 'resetBeforeWrite' }, false],
  [{ kind: 'resetAfterWrite' }, true],
  [{ kind: 'truncatedAfterWrite' }, true],
  [{ kind: 'emptyAfterWrite' }, true],
];

test.each(UNKNOWN_OUTCOMES)('%o leaves the outcome unknown (carried out: %s)', async (fault, isCarriedOut) => {
  const { client, simulator } = await startSimulator({ timeoutMs: 200 });
  simulator.faults.next('deluser', fault);

  const error = await failureOf(client.deleteAccount({ username: JANE, action: 2 }));

  expect(error.name).toBe('LastPassUnavailableError');
  expect(error.message).toContain('unknown');
  expect(simulator.directory.find(JANE) === undefined).toBe(isCarriedOut);
  expect(simulator.calls).toHaveLength(1);
  expect(everythingIn(error)).not.toContain(HASH);
  expect(everythingIn(error)).not.toContain('jane.doe');
});

test('after as many faults as were ordered, LastPass answers again', async () => {
  const { client, simulator } = await startSimulator();
  simulator.faults.next('disableuser', { kind: 'throttled' }, 2);
  simulator.faults.next('getuserdata', { kind: 'forbidden' }, 9);
  simulator.faults.next('disableuser', { kind: 'latency', latencyMs: 5 });

  expect((await failureOf(client.disableAccounts([JANE]))).name).toBe('LastPassUnavailableError');
  expect((await failureOf(client.disableAccounts([JANE]))).name).toBe('LastPassUnavailableError');
  expect(await client.disableAccounts([JANE])).toEqual({ changed: [JANE], unchanged: [] });
  simulator.faults.clear();
  expect(await client.findAccount(JANE)).toMatchObject({ account: { isDisabled: true } });
});

async function serve(answer: (response: ServerResponse) => void, timeoutMs = 300): Promise<LastPassClient> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return createLastPassClient({
    url: `http://127.0.0.1:${port}/enterpriseapi.php`,
    contract: 'lastpass',
    credentials: { read: async () => SIMULATED_CREDENTIALS },
    timeoutMs,
  });
}

test('the timeout covers an answer that starts and never ends', async () => {
  const client = await serve((response) => {
    response.write('{"status":');
  });

  const error = await failureOf(client.deleteAccount({ username: JANE, action: 1 }));

  expect(error).toMatchObject({ name: 'LastPassUnavailableError', message: expect.stringContaining('within 300 ms') });
  expect(everythingIn(error)).not.toContain(HASH);
});

test('an endless answer is cut off', async () => {
  const client = await serve((response) => {
    const megabyte = ' '.repeat(1024 * 1024);
    const write = () => {
      while (!response.destroyed && response.write(megabyte));
    };
    response.on('drain', write);
    write();
  }, 20_000);

  expect(await failureOf(client.sharedFolders())).toMatchObject({
    name: 'LastPassUnexpectedAnswerError',
    message: expect.stringContaining('exceeds 16777216 bytes'),
  });
});

test('a redirect is not followed, because the hash would travel along', async () => {
  let visits = 0;
  const client = await serve((response) => {
    visits += 1;
    response.writeHead(307, { location: '/enterpriseapi.php' }).end();
  });

  expect((await failureOf(client.sharedFolders())).name).toBe('LastPassUnexpectedAnswerError');
  expect(visits).toBe(1);
});

test('nobody listening is an unknown outcome with its cause kept', async () => {
  const { client, url } = await startSimulator();
  expect(await client.findAccount(JANE)).toMatchObject({ kind: 'listed' });
  const closed = createLastPassClient({
    url: url.replace(/:\d+/, ':9'),
    contract: 'lastpass',
    credentials: { read: async () => SIMULATED_CREDENTIALS },
  });

  const error = await failureOf(closed.findAccount(JANE));

  expect(error.name).toBe('LastPassUnavailableError');
  expect(error.cause).toBeInstanceOf(Error);
  expect(everythingIn(error)).not.toContain(HASH);
});

const PROBLEM = {
  type: 'about:blank',
  title: 'Unauthorized',
  status: 401,
  detail: 'No api-key for jane.doe@example.com',
};

/** What the new REST API answers to a call that is meant for the provisioning API, and other things that resemble it. */
const PROBLEMS: readonly [string, number, string, unknown, string][] = [
  ['its own type', 401, 'application/problem+json', PROBLEM, 'LastPassWrongAddressError'],
  [
    'its own type with a parameter',
    404,
    'Application/Problem+JSON; charset=utf-8',
    PROBLEM,
    'LastPassWrongAddressError',
  ],
  ['its own type and nothing else', 405, 'application/problem+json', {}, 'LastPassWrongAddressError'],
  ['its shape as JSON', 400, 'application/json', PROBLEM, 'LastPassWrongAddressError'],
  ['its shape with 200', 200, 'text/xml', { ...PROBLEM, status: 404 }, 'LastPassWrongAddressError'],
  ['a fault of its own', 500, 'application/problem+json', PROBLEM, 'LastPassWrongAddressError'],
  ['throttling', 429, 'application/problem+json', { ...PROBLEM, status: 429 }, 'LastPassUnavailableError'],
  ['a gateway', 503, 'application/problem+json', { ...PROBLEM, status: 503 }, 'LastPassUnavailableError'],
  ['a page', 403, 'text/html', '<html>Access Denied</html>', 'LastPassUnavailableError'],
  ['an error of the provisioning API', 200, 'text/xml', { status: 'FAIL', error: 'no' }, 'LastPassRefusedError'],
];

test.each(PROBLEMS)(
  'an answer like that of the new REST API (%s) is told at once',
  async (_what, status, type, body, name) => {
    const client = await serve((response) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': type }).end(text);
    });

    const error = await failureOf(client.deleteAccount({ username: JANE, action: 1 }));

    expect(error.name).toBe(name);
    if (name === 'LastPassWrongAddressError') expect(error.message).toContain('lastPassUrl');
    expect(everythingIn(error)).not.toContain('jane.doe');
  },
);

test('a list of everybody in one answer may be long in the making; a look by name may not', async () => {
  const { client, simulator } = await startSimulator({ contract: 'guide', timeoutMs: 300 });
  simulator.faults.next('getuserdata', { kind: 'latency', latencyMs: 0 });
  simulator.faults.next('getuserdata', { kind: 'latency', latencyMs: 900 });

  expect(await client.findAccount('gone@example.com')).toEqual({ kind: 'nobody' });
  simulator.faults.next('getuserdata', { kind: 'latency', latencyMs: 900 });
  expect((await failureOf(client.findAccount('gone@example.com'))).name).toBe('LastPassUnavailableError');
});
