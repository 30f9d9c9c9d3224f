import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { SIMULATED_CREDENTIALS } from '../../../local/lastpass-simulator/simulator-options.ts';
import { startSimulator } from '../../local/lastpass-simulator/start-simulator.ts';

const JANE = 'jane.doe@example.com';
const user = { username: JANE, disabled: false, admin: false };

/** Answer to getuserdata, error, and what its message says. */
const LOOK_UPS: readonly [string, string, string, string][] = [
  ['plain words', 'Service temporarily unavailable', 'LastPassUnavailableError', 'no complete JSON'],
  ['half an answer', `{"Users":{"1":{"username":"${JANE}"`, 'LastPassUnavailableError', 'no complete JSON'],
  ['other XML code', '<lastpass rc="Gone"/>', 'LastPassUnexpectedAnswerError', 'unknown code "Gone"'],
  ['a number', '42', 'LastPassUnexpectedAnswerError', 'no object'],
  ['null', 'null', 'LastPassUnexpectedAnswerError', 'no object'],
  ['a list', '[1]', 'LastPassUnexpectedAnswerError', 'no object'],
  ['nothing known', '{"hello":1}', 'LastPassUnexpectedAnswerError', 'field Users'],
  ['only OK', '{"status":"OK"}', 'LastPassRefusedError', 'status ok'],
  ['a failure', `{"status":"FAIL","error":"${JANE} is locked"}`, 'LastPassRefusedError', '<address> is locked'],
  ['users as text', '{"Users":"none"}', 'LastPassUnexpectedAnswerError', 'field Users'],
  [
    'no disabled flag',
    JSON.stringify({ Users: { '1': { username: JANE, admin: 0 } } }),
    'LastPassUnexpectedAnswerError',
    'field Users.disabled',
  ],
  [
    'a new kind of flag',
    JSON.stringify({ Users: { [JANE]: { ...user, disabled: 'maybe' } } }),
    'LastPassUnexpectedAnswerError',
    'field Users.disabled',
  ],
  ['no name', '{"Users":{"1":{"disabled":0,"admin":0}}}', 'LastPassUnexpectedAnswerError', 'field Users.username'],
];

test.each(LOOK_UPS)('getuserdata answering %s fails without telling addresses', async (_title, text, name, words) => {
  const { client, simulator } = await startSimulator();
  simulator.faults.next('getuserdata', { kind: 'answer', text });

  const error: unknown = await client.findAccount(JANE).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ name, message: expect.stringContaining(words) });
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('jane.doe');
});

/** Tolerated spellings of the same user. */
const TOLERATED: readonly [string, Record<string, unknown>][] = [
  ['blank lines around it', {}],
  ['null names and groups', { fullname: null, groups: null }],
  ['groups as an object', { groups: { '1': 'Engineering' } }],
  ['fields nobody knows', { quantum: true }],
];

test.each(TOLERATED)('getuserdata with %s is read', async (_title, extra) => {
  const { client, simulator } = await startSimulator();
  const text = `\n ${JSON.stringify({ Users: { '1': { ...user, ...extra } } })}\n`;
  simulator.faults.next('getuserdata', { kind: 'answer', text });

  expect(await client.findAccount(JANE)).toMatchObject({ kind: 'listed', account: { userId: '1' } });
});

test('groups listed beside the users are the user’s groups too', async () => {
  const { client, simulator } = await startSimulator();
  const text = JSON.stringify({ Users: { '1': user }, Groups: { Sales: [JANE], Support: ['chen.wei@example.com'] } });
  simulator.faults.next('getuserdata', { kind: 'answer', text });

  expect(await client.findAccount(JANE)).toMatchObject({ account: { groups: ['Sales'] } });
});

/** Answer to disableuser for Jane, error, words. */
const DISABLINGS: readonly [unknown, string, string][] = [
  [{ status: 'OK' }, 'LastPassUnexpectedAnswerError', 'LASTPASS_CONTRACT'],
  [{ status: 'success' }, 'LastPassUnexpectedAnswerError', '0 of 1'],
  [{ status: 'success', disabled_users: ['chen.wei@example.com'] }, 'LastPassUnexpectedAnswerError', '0 of 1'],
  [{ status: 'success', disabled_users: [JANE], error: 'but' }, 'LastPassRefusedError', 'but'],
  [{ status: 'success', enabled_users: [JANE] }, 'LastPassUnexpectedAnswerError', '0 of 1'],
  [{ status: 'success', disabled_users: 7 }, 'LastPassUnexpectedAnswerError', 'field disabled_users'],
  [{ disabled_users: [JANE] }, 'LastPassRefusedError', 'status absent'],
  [{ status: 'FAIL', errors: [`${JANE} no`, 'way'] }, 'LastPassRefusedError', '<address> no; way'],
  [{ status: 'FAIL', error: 17 }, 'LastPassRefusedError', 'no text'],
];

test.each(DISABLINGS)('disableuser answering %j is no success', async (answer, name, words) => {
  const { client, simulator } = await startSimulator();
  simulator.faults.next('disableuser', { kind: 'answer', text: JSON.stringify(answer) });

  await expect(client.disableAccounts([JANE])).rejects.toThrow(
    expect.objectContaining({ name, message: expect.stringContaining(words) }),
  );
});

/** Answer to deluser 2 for Jane, error, words. */
const DELETIONS: readonly [unknown, string, string][] = [
  [{ status: 'success' }, 'LastPassRefusedError', 'status success'],
  [{}, 'LastPassRefusedError', 'status absent'],
  [{ status: 'WARN', error: 'odd' }, 'LastPassRefusedError', 'odd'],
  [{ status: 'OK', error: `User already disabled: ${JANE}` }, 'LastPassUnexpectedAnswerError', 'status OK came with'],
  [{ status: 'FAIL', error: `Cannot delete "no such user": ${JANE}` }, 'LastPassRefusedError', 'Cannot delete'],
];

test.each(DELETIONS)('deluser answering %j is no success', async (answer, name, words) => {
  const { client, simulator } = await startSimulator();
  simulator.faults.next('deluser', { kind: 'answer', text: JSON.stringify(answer) });

  const error: unknown = await client.deleteAccount({ username: JANE, action: 2 }).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ name, message: expect.stringContaining(words) });
  expect(inspect(error)).not.toContain('jane.doe');
});

test('a hash that LastPass echoes does not reach the message', async () => {
  const { client, simulator } = await startSimulator();
  const text = JSON.stringify({
    status: 'FAIL',
    error: `bad request {"provhash":"${SIMULATED_CREDENTIALS.provhash}"}`,
  });
  simulator.faults.next('resetpassword', { kind: 'answer', text });

  const error: unknown = await client.sendPasswordReset(JANE).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ name: 'LastPassRefusedError', message: expect.stringContaining('[hidden]') });
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY })).not.toContain(SIMULATED_CREDENTIALS.provhash);
});

test.each([
  ['getsfdata', '{"status":"FAIL","error":"no"}', 'LastPassRefusedError'],
  ['getsfdata', '{"message":"come back later"}', 'LastPassUnexpectedAnswerError'],
  ['getsfdata', '{"7":"gone","8":null}', 'LastPassUnexpectedAnswerError'],
] as const)('%s answering %s is no list of folders', async (cmd, text, name) => {
  const { client, simulator } = await startSimulator();
  simulator.faults.next(cmd, { kind: 'answer', text });

  await expect(client.sharedFolders()).rejects.toThrow(expect.objectContaining({ name }));
});

test('a reset for an unknown user is refused without the address', async () => {
  const { client } = await startSimulator();

  await expect(client.sendPasswordReset('gone@example.com')).rejects.toThrow(
    'resetpassword: LastPass refused: user not found: <address>',
  );
});

test.each([403, 429, 500, 503])('HTTP %i is no success, whatever its body says', async (status) => {
  const { client, simulator } = await startSimulator();
  simulator.faults.next('deluser', { kind: 'answer', status, text: '{"status":"OK"}' });

  await expect(client.deleteAccount({ username: JANE, action: 1 })).rejects.toThrow(
    expect.objectContaining({ name: 'LastPassUnavailableError', message: expect.stringContaining(`HTTP ${status}`) }),
  );
});

test('a group change that reached nobody is refused', async () => {
  const { client } = await startSimulator();

  await expect(client.changeGroups([{ username: 'gone@example.com', add: ['Sales'] }])).rejects.toThrow(
    'batchchangegrp: LastPass refused: <address> does not exist',
  );
});

test('under the guide one failed entry of a batch is told, and adding people fails for it', async () => {
  const { client, simulator } = await startSimulator({ contract: 'guide' });
  const results = [
    { status: 'OK', username: JANE },
    { status: 'FAIL', username: 'new@example.com' },
  ];
  simulator.faults.next('batchadd', { kind: 'answer', text: JSON.stringify({ status: 'OK', results }) }, 2);

  expect(await client.changeGroups([{ username: JANE, add: ['Sales'] }])).toEqual({
    errors: ['one entry of results has status FAIL'],
  });
  await expect(client.addAccounts([{ username: 'new@example.com', fullName: 'New' }])).rejects.toThrow(
    expect.objectContaining({ name: 'LastPassRefusedError' }),
  );
});

test('a malformed address among new people refuses the whole batch', async () => {
  const { client, simulator } = await startSimulator();
  const people = ['fine@example.com', 'not an address'].map((username) => ({ username, fullName: 'New Person' }));

  await expect(client.addAccounts(people)).rejects.toThrow(expect.objectContaining({ name: 'LastPassRefusedError' }));
  expect(simulator.directory.find('fine@example.com')).toBeUndefined();
});
