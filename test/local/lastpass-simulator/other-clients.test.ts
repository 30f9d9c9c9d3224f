import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Quirks } from '../../../local/lastpass-simulator/quirks.ts';
import { startSimulator } from './start-simulator.ts';

const JANE = 'jane.doe@example.com';
const CREDENTIALS = { cid: '12345678', provhash: 'simulated-provisioning-hash' };

/** Posts a body as it is, and reads the answer as JSON whatever its type says, as every client does. */
async function posting(quirks: Partial<Quirks> = {}) {
  const { url, simulator } = await startSimulator({ quirks });
  return {
    simulator,
    async post(body: string, contentType?: string): Promise<unknown> {
      const headers = contentType === undefined ? {} : { 'content-type': contentType };
      return JSON.parse(await (await fetch(url, { method: 'POST', body, headers })).text());
    },
  };
}

const FORM = 'application/x-www-form-urlencoded';
const form = (fields: Record<string, string>) => new URLSearchParams({ ...CREDENTIALS, ...fields }).toString();
const json = (cmd: string, data: unknown) => JSON.stringify({ ...CREDENTIALS, cmd, data });

/** Users as a client reads them that has a number for every id and text or nothing for every moment. */
const inventory = z.object({
  Users: z.record(z.string().regex(/^\d+$/), z.object({ username: z.string(), last_login: z.string() })),
});

test('a form without data lists everybody, by number', async () => {
  const { post } = await posting();

  const { Users } = inventory.parse(await post(form({ cmd: 'getuserdata' }), FORM));

  expect(Object.keys(Users)).toHaveLength(40);
  expect(Users['400000001']?.username).toBe(JANE);
});

test.each([
  ['JSON in a field', { data: JSON.stringify({ username: JANE }) }],
  ['the nested names of PHP', { 'data[username]': JANE }],
])('a form may carry data as %s', async (_how, data) => {
  const { post } = await posting();

  expect(await post(form({ cmd: 'getuserdata', ...data }), FORM)).toMatchObject({ total: 1 });
});

test('a form may carry a list', async () => {
  const { post } = await posting();

  expect(await post(form({ cmd: 'disableuser', 'data[0]': JANE }), FORM)).toEqual({
    status: 'success',
    disabled_users: [JANE],
  });
});

test.each([undefined, FORM, 'text/plain'])('JSON is read as JSON under the content type %s', async (contentType) => {
  const { post } = await posting();

  expect(await post(json('getuserdata', { username: JANE }), contentType)).toMatchObject({ total: 1 });
});

test.each(['', '=', '%', 'data', '[]', 'cmd=getuserdata', '{"cmd":'])('of %j no request is made out', async (body) => {
  const { url } = await startSimulator();
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': FORM } });

  expect(await response.text()).toContain('rc="Authorization Error"');
});

test.each([
  ['everybody', { username: '' }, 40],
  ['administrators, as a boolean', { username: '', admin: true }, 2],
  ['disabled users, as a boolean', { username: '', disabled: true }, 1],
])('a client that always sends a name asks for %s with an empty one', async (_whom, data, total) => {
  const { post } = await posting();

  expect(await post(json('getuserdata', data))).toMatchObject({ total });
});

test('a report in the form for security tools is a list of events in which everything is text', async () => {
  const { post } = await posting();
  const data = { from: '2026-01-01 00:00:00', to: '2036-01-01 00:00:00', search: '', user: 'allusers', format: 'siem' };

  const report = z
    .object({ events: z.array(z.record(z.string(), z.string())).min(1) })
    .parse(await post(json('reporting', data)));

  expect(report.events[0]).toMatchObject({ ID: '1', Username: expect.any(String), Time: expect.any(String) });
});

test('rights in shared folders can be read as text, too', async () => {
  const { post } = await posting({ folderFlags: 'numeric text' });
  const users = z.array(z.object({ username: z.string(), readonly: z.string(), can_administer: z.string() }));

  const folders = z
    .record(z.string(), z.object({ sharedfoldername: z.string(), users }))
    .parse(await post(json('getsfdata', null)));

  expect(Object.keys(folders)).toContain('101');
});

test('a group that nobody is in is made, or passed over without a word', async () => {
  for (const [unknownGroup, groups] of [
    ['created', ['Engineering', 'On call', 'Brand new', 'Sales']],
    ['ignored', ['Engineering', 'On call', 'Sales']],
  ] as const) {
    const { post, simulator } = await posting({ unknownGroup });

    expect(await post(json('batchchangegrp', [{ username: JANE, add: ['Brand new', 'Sales'] }]))).toEqual({
      status: 'OK',
    });

    expect(simulator.directory.find(JANE)?.groups).toEqual(groups);
  }
});

test('no reset mail goes to a user whom a directory manages', async () => {
  const { post } = await posting();

  expect(await post(json('resetpassword', { username: 'dirk.directory@example.com' }))).toEqual({
    status: 'FAIL',
    error: ['user is federated: dirk.directory@example.com'],
  });
  expect(await post(json('resetpassword', { username: JANE }))).toEqual({ status: 'OK' });
});

test('the guide’s fields of a user are kept: what is left out stays as it was', async () => {
  const { post } = await startSimulator({ contract: 'guide' });
  const add = (fields: object) => post('batchadd', [{ username: JANE, ...fields }]);
  await add({ department: 'Engineering', division: 'Europe', employee_number: 4711, duousername: 'jdoe' });
  await add({ securid_username: 'jane', department: 'Sales' });

  const { Users } = JSON.parse((await post('getuserdata', { username: JANE })).text);

  expect(Users[JANE]).toMatchObject({
    ...{ department: 'Sales', division: 'Europe', employee_number: '4711' },
    ...{ duousername: 'jdoe', securid_username: 'jane', firstname: 'Jane' },
  });
});

test('under LastPass’s contract a name at Duo is kept and shown', async () => {
  const { post } = await startSimulator();
  await post('updateuser', { username: JANE, duousername: 'jdoe' });

  const { Users } = JSON.parse((await post('getuserdata', { username: JANE })).text);

  expect(Users['400000001']).toMatchObject({ duousername: 'jdoe', fullname: 'Jane Doe' });
});
