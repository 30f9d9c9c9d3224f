import { expect, test } from 'vitest';
import type { SeedDirectory } from '../../../local/lastpass-simulator/directory-state.ts';
import { seedDirectory } from '../../../local/lastpass-simulator/seed-directory.ts';
import { startSimulator } from './start-simulator.ts';

const guideEvent = {
  atMicros: Date.parse('2024-01-15T15:22:00Z') * 1_000,
  username: 'jane@example.com',
  ipAddress: '',
  action: 'User Login',
  subject: '',
};

/** In the order in which the guide tells them: each builds on the one before. */
const GUIDE_EXAMPLES: readonly [string, string, unknown, unknown][] = [
  [
    'create user',
    'batchadd',
    [{ username: 'jane@example.com', firstname: 'Jane', lastname: 'Doe' }],
    { status: 'OK', results: [{ status: 'OK', username: 'jane@example.com' }] },
  ],
  [
    'update user',
    'batchadd',
    [{ username: 'jane@example.com', department: 'Engineering' }],
    { status: 'OK', results: [{ status: 'OK', username: 'jane@example.com' }] },
  ],
  [
    'get user data',
    'getuserdata',
    { username: 'jane@example.com' },
    {
      Users: {
        'jane@example.com': {
          username: 'jane@example.com',
          firstname: 'Jane',
          lastname: 'Doe',
          admin: 0,
          disabled: 0,
        },
      },
    },
  ],
  [
    'add user to group',
    'batchadd',
    [{ username: 'jane@example.com', groupsin: ['Engineering'] }],
    { status: 'OK', results: [{ status: 'OK', username: 'jane@example.com' }] },
  ],
  ['reset master password', 'resetpassword', { username: 'jane@example.com' }, { status: 'OK' }],
  [
    'audit log',
    'reporting',
    { from: '2024-01-01', to: '2024-01-31', pagesize: 100 },
    {
      status: 'OK',
      data: [{ Time: '2024-01-15 10:22:00', Username: 'jane@example.com', Action: 'User Login' }],
    },
  ],
  ['disable user', 'disableuser', { username: 'jane@example.com' }, { status: 'OK' }],
  ['delete user', 'deluser', { username: 'jane@example.com', deleteaction: 0 }, { status: 'OK' }],
];

test('under the guide every example of the guide gets its documented answer', async () => {
  const credentials = { cid: '12345', provhash: '<provisioning_hash>' };
  const { post } = await startSimulator({
    contract: 'guide',
    credentials,
    quirks: { showsProfile: false },
    directory: { users: [], invited: [], folders: [], events: [guideEvent] },
  });

  for (const [title, cmd, data, documented] of GUIDE_EXAMPLES) {
    expect(JSON.parse((await post(cmd, data)).text), title).toEqual(documented);
  }
});

function helpCentreCompany(): SeedDirectory {
  const [template] = seedDirectory().users;
  if (template === undefined) throw new Error('the seed has people');
  const person = (username: string, groups: string[] = []) => ({ ...template, username, groups });
  return {
    users: [
      { ...person('user1@lastpass.com'), userId: '1' },
      { ...person('user2@lastpass.com'), userId: '2' },
      { ...person('user1@example.com'), userId: '3' },
      { ...person('user1@x.com'), userId: '4' },
    ],
    invited: ['invited@lastpass.com'],
    folders: [
      {
        folderId: '101',
        name: 'ThisSFName',
        isDeleted: false,
        sites: ['aaa.com'],
        members: [
          { username: 'joe@x.com', canAdminister: true, isReadOnly: false, isSuperAdmin: false },
          { username: 'jane@x.com', canAdminister: false, isReadOnly: true, isSuperAdmin: false },
        ],
      },
    ],
    events: [
      {
        atMicros: Date.parse('2015-07-17T13:51:51Z') * 1_000,
        username: 'j.user@example.com',
        ipAddress: '10.16.21.21',
        action: 'Failed Login Attempt',
        subject: '',
      },
    ],
  };
}

const HELP_CENTRE_EXAMPLES: readonly [string, unknown, unknown][] = [
  [
    'disableuser',
    ['user1@lastpass.com', 'user2@lastpass.com'],
    { status: 'success', disabled_users: ['user1@lastpass.com', 'user2@lastpass.com'] },
  ],
  ['enableuser', ['user1@lastpass.com'], { status: 'success', enabled_users: ['user1@lastpass.com'] }],
  ['deluser', { username: 'user1@example.com', deleteaction: 0 }, { status: 'OK' }],
  ['deluser', { username: 'user1@example.com', deleteaction: 1 }, { status: 'OK' }],
  ['deluser', { username: 'user2@lastpass.com', deleteaction: 2 }, { status: 'OK' }],
  ['deluser', { username: 'invited@lastpass.com', deleteaction: 3 }, { status: 'OK' }],
  [
    'batchchangegrp',
    [
      { username: 'user1@x.com', add: ['Group1'] },
      { username: 'user2@lastpass.com', del: ['Group2', 'Group3'] },
    ],
    { status: 'WARN', errors: ['user2@lastpass.com does not exist'] },
  ],
  [
    'getsfdata',
    'all',
    {
      '101': {
        sharedfoldername: 'ThisSFName',
        score: 99,
        users: [
          { username: 'joe@x.com', readonly: 0, give: 1, can_administer: 1 },
          { username: 'jane@x.com', readonly: 1, give: 0, can_administer: 0 },
        ],
      },
    },
  ],
  [
    'reporting',
    { from: '2015-07-17 09:45:00', to: '2015-07-17 10:00:00', user: 'allusers', format: 'siem' },
    {
      status: 'OK',
      next: null,
      data: {
        Event1: {
          Time: '2015-07-17 09:51:51',
          Username: 'j.user@example.com',
          IP_Address: '10.16.21.21',
          Action: 'Failed Login Attempt',
          Data: '',
        },
      },
    },
  ],
  ['batchadd', [{ username: 'new@lastpass.com', fullname: 'New User', groups: ['Group1'] }], { status: 'OK' }],
  ['updateuser', { username: 'new@lastpass.com', fullname: 'Newer User' }, { status: 'OK' }],
  ['resetpassword', { username: 'new@lastpass.com' }, { status: 'OK' }],
  ['requiremasterpasswordchange', { username: 'new@lastpass.com' }, { status: 'OK' }],
  ['disablemultifactor', { username: 'new@lastpass.com' }, { status: 'OK' }],
];

test('under LastPass’s contract every example of its help centre gets its documented answer', async () => {
  const credentials = { cid: 27, provhash: 'documented-hash' };
  // The documented sample of a report asks for "siem" among everything else that can be asked for.
  const quirks = { siemForm: 'recorded' } as const;
  const { post } = await startSimulator({ credentials, quirks, directory: helpCentreCompany() });

  for (const [cmd, data, documented] of HELP_CENTRE_EXAMPLES) {
    expect(JSON.parse((await post(cmd, data)).text), cmd).toEqual(documented);
  }
});

test('the same number does different things under the two contracts', async () => {
  const fates: Record<string, unknown> = {};
  for (const contract of ['lastpass', 'guide'] as const) {
    for (const deleteaction of [0, 1, 2]) {
      const { post, simulator } = await startSimulator({ contract });
      await post('deluser', { username: 'jane.doe@example.com', deleteaction });
      const listed = simulator.directory.find('jane.doe@example.com');
      const fate = simulator.directory.snapshot().departures[0]?.fate;
      fates[`${contract} ${deleteaction}`] = listed ? `listed, disabled: ${listed.isDisabled}` : fate;
    }
  }

  expect(fates).toEqual({
    'lastpass 0': 'listed, disabled: true',
    'lastpass 1': 'left with the vault',
    'lastpass 2': 'destroyed with the vault',
    'guide 0': 'left with the vault',
    'guide 1': 'destroyed with the vault',
    'guide 2': 'destroyed with the vault',
  });
});
