import { expect, test } from 'vitest';
import { createLastPassClient } from '../../../lambdas/lastpass/client.ts';
import { foldersOnlyAdministeredBy, NOBODY_ELSE } from '../../../lambdas/lastpass/orphaned-folders.ts';
import { startSimulator } from '../../local/lastpass-simulator/start-simulator.ts';

const JANE = 'jane.doe@example.com';
const CONTRACTS = ['lastpass', 'guide'] as const;

test('a listed user is read with everything that a person decides on', async () => {
  const { client } = await startSimulator();

  expect(await client.findAccount(JANE)).toEqual({
    kind: 'listed',
    account: {
      userId: '400000001',
      username: JANE,
      fullName: 'Jane Doe',
      isDisabled: false,
      isAdmin: false,
      hasNeverLoggedIn: false,
      lastLogin: '2026-01-13 09:20:59',
      groups: ['Engineering', 'On call'],
    },
  });
});

test('under the guide the address is the id, and nothing is claimed about logging in', async () => {
  const { client } = await startSimulator({ contract: 'guide' });

  expect(await client.findAccount(JANE)).toEqual({
    kind: 'listed',
    account: {
      userId: JANE,
      username: JANE,
      fullName: 'Jane Doe',
      isDisabled: false,
      isAdmin: false,
      hasNeverLoggedIn: false,
      lastLogin: undefined,
      groups: ['Engineering', 'On call'],
    },
  });
});

test('a user who never logged in is read despite the nulls', async () => {
  const { client } = await startSimulator();

  expect(await client.findAccount('nora.never@example.com')).toMatchObject({
    account: { hasNeverLoggedIn: true, lastLogin: undefined, groups: [] },
  });
});

test.each(CONTRACTS)(
  '%s: disabling and enabling change the account, and repeating them changes nothing',
  async (contract) => {
    const { client, simulator } = await startSimulator({ contract });

    expect(await client.disableAccounts([JANE])).toEqual({ changed: [JANE], unchanged: [] });
    await client.disableAccounts([JANE]);
    expect(simulator.directory.find(JANE)?.isDisabled).toBe(true);
    expect(await client.enableAccounts([JANE])).toEqual({ changed: [JANE], unchanged: [] });
    expect(simulator.directory.find(JANE)?.isDisabled).toBe(false);
  },
);

test('a whole list is one call, and says who was disabled already', async () => {
  const { client, simulator } = await startSimulator();
  const addresses = [JANE, 'dora.disabled@example.com', 'chen.wei@example.com'];

  expect(await client.disableAccounts(addresses)).toEqual({
    changed: [JANE, 'chen.wei@example.com'],
    unchanged: ['dora.disabled@example.com'],
  });
  expect(simulator.calls).toHaveLength(1);
});

test('LastPass may spell the addresses of a list in its own way', async () => {
  const { client } = await startSimulator({ quirks: { echoesAddress: 'as stored' } });

  expect(await client.disableAccounts(['MIXED.case@example.com', ' Dora.Disabled@example.com'])).toEqual({
    changed: ['MIXED.case@example.com'],
    unchanged: [' Dora.Disabled@example.com'],
  });
});

test('nobody to disable is no call', async () => {
  const { client, simulator } = await startSimulator();

  expect(await client.disableAccounts([])).toEqual({ changed: [], unchanged: [] });
  expect(simulator.calls).toHaveLength(0);
});

test.each([0, 1, 2] as const)('deleteaction %i arrives as that number', async (action) => {
  const { client, simulator } = await startSimulator();

  expect(await client.deleteAccount({ username: JANE, action })).toBe('done');
  expect(simulator.calls[0]?.data).toStrictEqual({ username: JANE, deleteaction: action });
});

test('deleteaction 0 keeps the account, and says when it was disabled before', async () => {
  const { client, simulator } = await startSimulator();

  expect(await client.deleteAccount({ username: JANE, action: 0 })).toBe('done');
  expect(await client.deleteAccount({ username: JANE, action: 0 })).toBe('already disabled');
  expect(simulator.directory.find(JANE)).toMatchObject({ isDisabled: true });
  expect(simulator.directory.snapshot().departures).toEqual([]);
});

test('deleting twice finds no such user the second time', async () => {
  const { client } = await startSimulator();

  expect(await client.deleteAccount({ username: JANE, action: 2 })).toBe('done');
  expect(await client.deleteAccount({ username: JANE, action: 2 })).toBe('no such user');
  expect(await client.findAccount(JANE)).toEqual({ kind: 'nobody' });
});

test('an invitation is withdrawn, and then nobody is found', async () => {
  const { client } = await startSimulator();
  const username = 'iris.invited@example.com';

  expect(await client.findAccount(username)).toEqual({ kind: 'invited', username });
  expect(await client.deleteAccount({ username, action: 3 })).toBe('done');
  expect(await client.findAccount(username)).toEqual({ kind: 'nobody' });
});

test('the guide knows no way to withdraw an invitation, so nothing is sent', async () => {
  const { client, simulator } = await startSimulator({ contract: 'guide' });

  await expect(client.deleteAccount({ username: 'iris.invited@example.com', action: 3 })).rejects.toThrow(
    expect.objectContaining({ name: 'UnsupportedCommandError' }),
  );
  expect(simulator.calls).toHaveLength(0);
});

test.each(CONTRACTS)('%s: groups are taken away and given back', async (contract) => {
  const { client } = await startSimulator({ contract });

  expect(await client.changeGroups([{ username: JANE, del: ['On call'], add: ['Alumni'] }])).toEqual({ errors: [] });
  expect(await client.findAccount(JANE)).toMatchObject({ account: { groups: ['Engineering', 'Alumni'] } });
});

test('a partly failed group change says so without the address', async () => {
  const { client } = await startSimulator();

  const result = await client.changeGroups([
    { username: JANE, add: ['Alumni'] },
    { username: 'gone@example.com', add: ['Alumni'] },
  ]);

  expect(result).toEqual({ errors: ['<address> does not exist'] });
});

test.each(CONTRACTS)('%s: a person is added with name and groups', async (contract) => {
  const { client } = await startSimulator({ contract });

  await client.addAccounts([{ username: 'new.person@example.com', fullName: 'New Van Person', groups: ['Sales'] }]);

  expect(await client.findAccount('new.person@example.com')).toMatchObject({
    account: { fullName: 'New Van Person', groups: ['Sales'], isDisabled: false },
  });
});

test.each([
  ['with the newer fields', true],
  ['as documented, which does not mark super admins', false],
])(
  'folders that only the leaver administers are found, a super admin not counting, %s',
  async (_form, hasNewerFolderFields) => {
    const { client } = await startSimulator({ quirks: { hasNewerFolderFields } });

    const folders = await client.sharedFolders();

    const people = { ...NOBODY_ELSE, everybody: new Set(['jane.doe@example.com', 'mixed.case@example.com']) };
    const namesOf = (username: string) =>
      foldersOnlyAdministeredBy(folders, { username, groups: [] }, people).map((folder) => folder.name);
    expect(namesOf('Sole.Keeper@example.com')).toEqual(['Shared-Payroll', 'Shared-Bank portals']);
    expect(namesOf(JANE)).toEqual([]);
    expect(folders.find((folder) => folder.isDeleted)?.name).toBe(
      hasNewerFolderFields ? 'Shared-Old campaign' : undefined,
    );
  },
);

test('a company without shared folders answers with an empty list', async () => {
  const { client, simulator } = await startSimulator();
  simulator.directory.change((directory) => {
    directory.folders = [];
  });

  expect(await client.sharedFolders()).toEqual([]);
});

test.each(CONTRACTS)('%s: the audit trail shows what was done', async (contract) => {
  const { client } = await startSimulator({ contract, clock: () => Date.parse('2026-07-01T12:00:00Z') });
  await client.disableAccounts([JANE]);

  const { events, next } = await client.events({ from: '2026-07-01 08:00:00', to: '2026-07-01 08:00:00', user: JANE });

  expect(events).toEqual([
    { time: '2026-07-01 08:00:00', username: 'API', ipAddress: '', action: 'Deactivated User', subject: JANE },
  ]);
  expect(next).toBeUndefined();
});

test.each(['text', 'number'] as const)('the audit trail is read page by page when next is a %s', async (nextForm) => {
  const { client } = await startSimulator({ quirks: { nextForm, eventsPerAnswer: 2, recordsReads: false } });
  const range = { from: '2026-01-01 00:00:00', to: '2026-02-01 00:00:00' };

  const first = await client.events(range);
  const second = await client.events({ ...range, next: first.next ?? '' });

  expect(first.events).toHaveLength(2);
  expect(second).toMatchObject({ events: [{ time: '2026-01-12 09:03:11', action: 'Log in' }], next: undefined });
});

test('the number is sent as a number, under the guide as text', async () => {
  const sent: unknown[] = [];
  for (const contract of CONTRACTS) {
    const client = createLastPassClient({
      url: 'https://lastpass.example/enterpriseapi.php',
      contract,
      credentials: { read: async () => ({ cid: '12345', provhash: 'some-hash' }) },
      fetch: async (_url, request) => {
        sent.push(JSON.parse(String(request?.body)).cid);
        return new Response('[]');
      },
    });
    await client.sharedFolders();
  }
  expect(sent).toEqual([12345, '12345']);
});

test('the hash is only ever sent over https, or to this machine', () => {
  const create = (url: string) => () =>
    createLastPassClient({
      url,
      contract: 'lastpass',
      credentials: { read: async () => ({ cid: 1, provhash: 'some-hash' }) },
    });

  expect(create('http://lastpass.com/enterpriseapi.php')).toThrow('must be https');
  expect(create('https://lastpass.com/enterpriseapi.php')).not.toThrow();
  expect(create('http://127.0.0.1:4000/enterpriseapi.php')).not.toThrow();
});
