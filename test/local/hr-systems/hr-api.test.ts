import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHrApi, type HrApiRead } from '../../../local/hr-systems/hr-api.ts';
import { LOCAL_HR_SYSTEMS } from '../../../local/hr-systems/local-hr-systems.ts';
import { temporaryFolder } from '../running-server.ts';

const authorization = 'Bearer local-token-of-gusto';

async function startApi(file = join(temporaryFolder(), 'hr-api.json')) {
  const reads: HrApiRead[] = [];
  const api = createHrApi({ systems: LOCAL_HR_SYSTEMS, file, onRead: (read) => reads.push(read) });
  const server = createServer((request, response) => api.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const read = async (path: string, init: RequestInit = { headers: { authorization } }) => {
    const response = await fetch(`${origin}${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  return { api, file, read, reads };
}

test('an HR system’s API answers what it was told to, to exactly that request', async () => {
  const { api, read, reads } = await startApi();
  api.answerWith('gusto', { 'GET /employees/1?include=jobs': { first_name: 'Jane' } });

  expect(await read('/hr-api/gusto/employees/1?include=jobs')).toEqual({ status: 200, body: { first_name: 'Jane' } });
  expect(await read('/hr-api/gusto/employees/1')).toMatchObject({ status: 404 });
  expect(await read('/hr-api/gusto/employees/2?include=jobs')).toMatchObject({ status: 404 });
  const post = { method: 'POST', headers: { authorization } };
  expect(await read('/hr-api/gusto/employees/1?include=jobs', post)).toMatchObject({ status: 404 });
  expect(reads.map(({ system, request, status }) => [system.title, request, status])[0]).toEqual([
    'Gusto',
    'GET /employees/1?include=jobs',
    200,
  ]);
});

test('nobody is answered who does not authenticate as this HR system’s API wants it', async () => {
  const { api, read } = await startApi();
  for (const system of ['gusto', 'hibob', 'peopleforce', 'nobody']) api.answerWith(system, { 'GET /1': { secret: 1 } });

  const refused = { status: 401, body: { message: 'the authorization is missing or wrong' } };
  expect(await read('/hr-api/gusto/1', {})).toEqual(refused);
  expect(await read('/hr-api/hibob/1')).toEqual(refused);
  // It has no API, so that nothing can be right.
  expect(await read('/hr-api/peopleforce/1', {})).toEqual(refused);
  expect(await read('/hr-api/nobody/1', {})).toEqual(refused);
});

test('answers outlive a restart, and new ones join them', async () => {
  const first = await startApi();
  first.api.answerWith('gusto', { 'GET /1': 'one', 'GET /2': 'two' });

  const { api, read } = await startApi(first.file);
  api.answerWith('gusto', { 'GET /2': 'changed' });

  expect(await read('/hr-api/gusto/1')).toEqual({ status: 200, body: 'one' });
  expect(await read('/hr-api/gusto/2')).toEqual({ status: 200, body: 'changed' });
});
