import { expect, test } from 'vitest';
import type { Quirks } from '../../../local/lastpass-simulator/quirks.ts';
import { startSimulator } from './start-simulator.ts';

const JANE = 'jane.doe@example.com';

test('a wrong number and a wrong hash get the same 76 bytes of XML with HTTP 200', async () => {
  const { url } = await startSimulator();
  for (const wrong of [
    { cid: 1, provhash: 'simulated-provisioning-hash' },
    { cid: 12345678, provhash: 'wrong' },
    { cid: 12345678 },
  ]) {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ ...wrong, cmd: 'getuserdata' }) });

    expect(response.status).toBe(200);
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<lastpass rc="Authorization Error"/>\n',
    );
  }
});

test('the number is accepted as a number and as text', async () => {
  const { url } = await startSimulator();
  const body = { cid: '12345678', provhash: 'simulated-provisioning-hash', cmd: 'getsfdata' };

  expect(await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()).toHaveProperty('101');
});

test('every answer says text/xml with HTTP 200, JSON and failures too', async () => {
  const { post } = await startSimulator();
  for (const answer of [await post('getuserdata'), await post('deluser', {}), await post('nonsense')]) {
    expect(answer).toMatchObject({ status: 200, contentType: 'text/xml;charset=UTF-8' });
  }
});

test('a user is keyed by number, and one who never logged in has nulls', async () => {
  const { post } = await startSimulator();

  const jane = JSON.parse((await post('getuserdata', { username: JANE })).text);
  const nora = JSON.parse((await post('getuserdata', { username: 'nora.never@example.com' })).text);

  expect(jane).toMatchObject({ total: 1, count: 1, Users: { '400000001': { username: JANE, disabled: false } } });
  expect(jane.Groups).toEqual({ Engineering: [JANE], 'On call': [JANE] });
  const [shown] = Object.values<Record<string, unknown>>(nora.Users);
  expect(shown).toMatchObject({
    last_login: '',
    neverloggedin: true,
    totalscore: null,
    sites: null,
    attachments: null,
  });
  expect(shown).not.toHaveProperty('groups');
});

test('pages end with a shorter one, and a page past the end is an empty list', async () => {
  const { post } = await startSimulator();
  const page = async (pageindex: number) => JSON.parse((await post('getuserdata', { pagesize: 25, pageindex })).text);

  expect(await page(0)).toMatchObject({ total: 40, count: 25 });
  expect(await page(1)).toMatchObject({ total: 40, count: 15 });
  expect(await page(2)).toMatchObject({ total: 40, count: 0, Users: [] });
});

/** Request, quirks, literal answer; by the numbers of docs/lastpass-contract.md section c. */
const CATALOGUE: readonly [string, Partial<Quirks>, string, unknown, unknown][] = [
  ['3 nobody', {}, 'getuserdata', { username: 'x@example.com' }, { total: 0, count: 0, Users: [] }],
  ['3 uncounted', { countsNobody: false }, 'getuserdata', { username: 'x@example.com' }, { Users: [] }],
  [
    '4 nobody as error',
    { unknownUser: 'error', hasStatusOnUnknownUser: false },
    'getuserdata',
    { username: 'X@example.com' },
    { error: ['X@example.com is not a valid user.'] },
  ],
  [
    '7 invited',
    {},
    'getuserdata',
    { username: 'iris.invited@example.com' },
    { total: 0, count: 0, Users: [], Invited: ['iris.invited@example.com'] },
  ],
  ['9 active', {}, 'disableuser', [JANE], { status: 'success', disabled_users: [JANE] }],
  [
    '10 disabled already',
    {},
    'disableuser',
    ['dora.disabled@example.com'],
    { status: 'success', unchanged_users: ['dora.disabled@example.com'] },
  ],
  [
    '11 unknown, unchanged',
    {},
    'disableuser',
    ['x@example.com'],
    { status: 'success', unchanged_users: ['x@example.com'] },
  ],
  [
    '11 unknown, error',
    { disableOfUnknown: 'error' },
    'disableuser',
    ['x@example.com'],
    { status: 'success', error: 'x@example.com is not a valid user.' },
  ],
  [
    '12 object',
    { disableFailureStatus: 'FAIL' },
    'disableuser',
    { username: JANE },
    { status: 'FAIL', error: 'data must be an array of users' },
  ],
  [
    '13 mixed, echoed as sent',
    {},
    'disableuser',
    ['JANE.DOE@example.com', 'dora.disabled@example.com'],
    {
      status: 'success',
      disabled_users: ['JANE.DOE@example.com'],
      unchanged_users: ['dora.disabled@example.com'],
    },
  ],
  [
    '14 disabled already',
    {},
    'deluser',
    { username: 'dora.disabled@example.com', deleteaction: 0 },
    { status: 'OK', error: 'User already disabled: dora.disabled@example.com' },
  ],
  [
    '14 unknown',
    {},
    'deluser',
    { username: 'x@example.com', deleteaction: 0 },
    { status: 'FAIL', error: 'No such user: x@example.com' },
  ],
  [
    '17 not invited',
    {},
    'deluser',
    { username: JANE, deleteaction: 3 },
    { status: 'FAIL', error: `User is not invited: ${JANE}` },
  ],
  ['a.3 text', {}, 'deluser', { username: JANE, deleteaction: '0' }, { status: 'OK' }],
  ['a.3 missing', {}, 'deluser', { username: JANE }, { status: 'FAIL', error: 'Invalid deleteaction' }],
  ['a.3 missing as 0', { missingDeleteAction: 'as 0' }, 'deluser', { username: JANE }, { status: 'OK' }],
  [
    '18 unknown',
    {},
    'resetpassword',
    { username: 'x@example.com' },
    { status: 'FAIL', error: ['user not found: x@example.com'] },
  ],
  [
    '25 directory',
    { protectsDirectoryManaged: true },
    'deluser',
    { username: 'dirk.directory@example.com', deleteaction: 2 },
    { status: 'FAIL', error: 'User is managed by your directory' },
  ],
  [
    '26 with case',
    { comparesCase: true },
    'deluser',
    { username: 'mixed.case@example.com', deleteaction: 2 },
    { status: 'FAIL', error: 'No such user: mixed.case@example.com' },
  ],
  [
    'a.6 bad user',
    {},
    'reporting',
    { from: '2026-01-01 00:00:00', to: '2026-02-01 00:00:00', user: 'api' },
    { status: 'FAIL', error: ['Please select a valid user.'] },
  ],
  ['a.7 removed', {}, 'pushsitestousers', { users: [JANE] }, { status: 'FAIL', error: ['Invalid command'] }],
];

test.each(CATALOGUE)('%s', async (_title, quirks, cmd, data, answer) => {
  const { post } = await startSimulator({ quirks });

  expect(JSON.parse((await post(cmd, data)).text)).toEqual(answer);
});

test('the last admin cannot be disabled where LastPass protects that one', async () => {
  const { post } = await startSimulator({ quirks: { protectsLastAdmin: true } });

  const first = JSON.parse((await post('disableuser', ['ada.admin@example.com'])).text);
  const last = JSON.parse((await post('disableuser', ['bruno.admin@example.com'])).text);

  expect(first.status).toBe('success');
  expect(last).toEqual({ status: 'error', error: 'Cannot change the last admin' });
});

test('a deletion repeated after a lost answer finds no such user', async () => {
  const { post, simulator } = await startSimulator();
  const request = { username: JANE, deleteaction: 2 };

  expect(JSON.parse((await post('deluser', request)).text)).toEqual({ status: 'OK' });
  expect(JSON.parse((await post('deluser', request)).text)).toEqual({
    status: 'FAIL',
    error: `No such user: ${JANE}`,
  });
  expect(simulator.directory.snapshot().departures).toHaveLength(1);
});

test('commands leave audit events, newest first, in Eastern wall time and in pages', async () => {
  let now = Date.parse('2026-07-01T12:00:00Z');
  const { post } = await startSimulator({ clock: () => now, quirks: { eventsPerAnswer: 2, recordsReads: false } });
  await post('disableuser', [JANE]);
  now += 60_000;
  await post('enableuser', [JANE]);
  now += 60_000;
  await post('deluser', { username: JANE, deleteaction: 2 });

  const range = { from: '2026-07-01 08:00:00', to: '2026-07-01 09:00:00' };
  const first = JSON.parse((await post('reporting', range)).text);
  const second = JSON.parse((await post('reporting', { ...range, next: first.next })).text);

  expect(first.data.Event1).toMatchObject({
    Time: '2026-07-01 08:02:00',
    Action: 'Employee Account Deleted',
    Data: JANE,
  });
  expect(first.data.Event2).toMatchObject({ Time: '2026-07-01 08:01:00', Action: 'Reactivated User', Username: 'API' });
  expect(second.data).toEqual({
    Event1: expect.objectContaining({ Time: '2026-07-01 08:00:00', Action: 'Deactivated User' }),
  });
  expect(second.next).toBeNull();
});

test('calls are kept and told without credentials', async () => {
  const told: unknown[] = [];
  const { post, simulator } = await startSimulator({ clock: () => 7, onCall: (call) => told.push(call) });
  await post('disableuser', [JANE]);

  expect(simulator.calls).toEqual([
    { cmd: 'disableuser', data: [JANE], atMs: 7, isAuthorized: true, fault: undefined },
  ]);
  expect(told).toEqual(simulator.calls);
  expect(JSON.stringify(simulator.calls)).not.toContain('simulated-provisioning-hash');
});

test('above the allowed rate every call is throttled with a page', async () => {
  const { post } = await startSimulator({ clock: () => 0, quirks: { throttlesAbovePerSecond: 2 } });

  const statuses = [];
  for (let call = 0; call < 4; call += 1) statuses.push((await post('getsfdata')).status);

  expect(statuses).toEqual([200, 200, 429, 429]);
});

test('events of one moment are paged without repeating or losing one', async () => {
  const { post } = await startSimulator({ clock: () => 0, quirks: { eventsPerAnswer: 2, recordsReads: false } });
  const addresses = ['chen.wei@example.com', 'grace.kim@example.com', 'hugo.martin@example.com'];
  await post('disableuser', addresses);

  const seen: unknown[] = [];
  let next: unknown;
  do {
    const range = { from: '1969-12-31 00:00:00', to: '1970-01-01 00:00:00', search: 'Deactivated', next };
    const answer = JSON.parse((await post('reporting', range)).text);
    seen.push(...Object.values<{ Data: string }>(answer.data).map((event) => event.Data));
    next = answer.next;
  } while (next !== null);

  expect(seen).toEqual(addresses.toReversed());
});
