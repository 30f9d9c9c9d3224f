import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { foldersOnlyAdministeredBy } from '../../../lambdas/lastpass/orphaned-folders.ts';
import type { SharedFolder } from '../../../lambdas/lastpass/shared-folders.ts';
import { clientOf as arriving } from './arriving-answers.ts';

const JANE = 'jane.doe@example.com';
const user = { username: JANE, disabled: false, admin: false };
const NOBODY = { total: 0, count: 0, Users: [] };

/** The client against a LastPass that gives these answers, the last one for ever, and what it told of odd entries. */
function clientOf(...answers: readonly unknown[]) {
  return clientReading(Number.MAX_SAFE_INTEGER, answers);
}

function clientReading(wholeUpToCharacters: number, answers: readonly unknown[]) {
  const texts = answers.map((answer) => JSON.stringify(answer));
  return arriving(texts, { wholeUpToCharacters });
}

async function failureOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'no failure',
    (error: unknown) => (error instanceof Error ? error.name : 'no error'),
  );
}

/** Users of unknown shapes, and the field that is told. */
const STRANGERS: readonly [string, unknown, string][] = [
  ['a null name', { ...user, username: null }, 'Users.username'],
  ['a number for a name', { ...user, username: 7 }, 'Users.username'],
  ['no name', { disabled: 0, admin: 0 }, 'Users.username'],
  ['another kind of flag', { username: 'x.y@example.com', disabled: 'maybe', admin: 0 }, 'Users.disabled'],
  ['text', 'x.y@example.com', 'Users'],
  ['nothing', null, 'Users'],
  ['a list', [], 'Users'],
];

describe.each([
  ['whole', Number.MAX_SAFE_INTEGER],
  ['entry by entry', 0],
])('read %s', (_how, wholeUpToCharacters) => {
  const clientOf = (...answers: readonly unknown[]) => clientReading(wholeUpToCharacters, answers);

  test.each(STRANGERS)(
    '%s in the list fails nobody else, and is told without personal data',
    async (_what, odd, fault) => {
      const { client, odd: told } = clientOf({ Users: { '400000001': odd, '400000002': user } });

      expect(await client.findAccount(JANE)).toMatchObject({ kind: 'listed', account: { userId: '400000002' } });

      expect(told).toEqual([
        { command: 'getuserdata', field: 'Users', count: 1, first: { position: 1, key: 'number', fault } },
      ]);
      expect(inspect(told)).not.toMatch(/@|40000/u);
    },
  );

  test.each(STRANGERS.filter(([what]) => what !== 'another kind of flag'))(
    '%s may be the person asked for: nobody is not concluded',
    async (_what, odd) => {
      const everybody = { Users: { '400000001': odd, '400000002': { ...user, username: 'other@example.com' } } };

      expect(await failureOf(clientOf(everybody).client.findAccount(JANE))).toBe('LastPassUnexpectedAnswerError');
      expect(await failureOf(clientOf(NOBODY, everybody).client.findAccount(JANE))).toBe(
        'LastPassUnexpectedAnswerError',
      );
      const alsoInvited = { ...everybody, Invited: [JANE] };
      expect(await failureOf(clientOf(NOBODY, alsoInvited).client.findAccount(JANE))).toBe(
        'LastPassUnexpectedAnswerError',
      );
    },
  );

  test('somebody with another name, whatever else is odd about them, is not the person asked for', async () => {
    const { client } = clientOf(NOBODY, {
      Users: { '1': { username: 'other@example.com', disabled: 'maybe', admin: 0 } },
    });

    expect(await client.findAccount(JANE)).toEqual({ kind: 'nobody' });
  });

  test('the very account asked for, when it cannot be read, is neither nobody nor somebody', async () => {
    const odd = { ...user, username: 'Jane.Doe@example.com', disabled: 'maybe' };

    expect(await failureOf(clientOf({ Users: { '1': odd } }).client.findAccount(JANE))).toBe(
      'LastPassUnexpectedAnswerError',
    );
    expect(await failureOf(clientOf(NOBODY, { Users: { '1': odd } }).client.findAccount(JANE))).toBe(
      'LastPassUnexpectedAnswerError',
    );
  });

  test('once the user id is known, it tells the account from a stranger who cannot be read', async () => {
    const nameless = { ...user, username: null };

    expect(await clientOf(NOBODY, { Users: { '2': nameless } }).client.findAccount(JANE, '1')).toEqual({
      kind: 'nobody',
    });
    expect(await failureOf(clientOf(NOBODY, { Users: { '1': nameless } }).client.findAccount(JANE, '1'))).toBe(
      'LastPassUnexpectedAnswerError',
    );
    expect(await failureOf(clientOf(NOBODY, { Users: { x: nameless } }).client.findAccount(JANE, '1'))).toBe(
      'LastPassUnexpectedAnswerError',
    );
  });

  test('an account that was given another address is not "nobody" to whoever knows its id', async () => {
    const renamed = { Users: { '1': { ...user, username: 'jane.new@example.com' } } };

    expect(await failureOf(clientOf(NOBODY, renamed).client.findAccount(JANE, '1'))).toBe(
      'LastPassUnexpectedAnswerError',
    );
    expect(await clientOf(NOBODY, renamed).client.findAccount(JANE)).toEqual({ kind: 'nobody' });
  });

  test('a page of which nothing can be read is not the end of the list', async () => {
    const nameless = { ...user, username: null };
    const odd = { total: 3, Users: { '1': nameless, '2': nameless } };
    const { client } = clientOf(NOBODY, odd, { total: 3, Users: { '3': user } }, NOBODY);

    expect(await client.findAccount('JANE.DOE@example.com')).toMatchObject({
      kind: 'listed',
      account: { userId: '3' },
    });
  });

  test('a list that is empty although LastPass counts users is no proof that somebody is not listed', async () => {
    const { client } = clientOf(NOBODY, { total: 40, count: 0, Users: [] });

    expect(await failureOf(client.findAccount(JANE, '1'))).toBe('LastPassUnexpectedAnswerError');
  });

  test('what nothing depends on is read loosely', async () => {
    const loose = {
      fullname: 12,
      last_login: 7,
      neverloggedin: 'perhaps',
      groups: ['IT', 7, null, { name: 'x' }],
      extra: {},
    };
    const { client, odd } = clientOf({
      Users: { '1': { ...user, ...loose } },
      Groups: { Sales: 'all', IT: { a: [JANE] } },
    });

    expect(await client.findAccount(JANE)).toMatchObject({
      account: { fullName: '12', lastLogin: undefined, hasNeverLoggedIn: false, groups: ['IT'] },
    });
    expect(odd.map(({ field, count }) => [field, count])).toEqual([
      ['Groups', 1],
      ['Users.groups', 3],
    ]);
  });

  test.each([
    ['objects', [{ username: JANE }, { email: 'iris@example.com' }]],
    ['a map of objects', { [JANE]: { invited_at: 'x' } }],
    ['a map of addresses', { '3': JANE }],
  ])('people who were invited are read from %s', async (_form, Invited) => {
    expect(await clientOf({ Users: [], Invited }).client.findAccount(JANE)).toEqual({
      kind: 'invited',
      username: JANE,
    });
  });

  test('two users whom LastPass itself does not tell apart are never guessed between, not even by the exact spelling', async () => {
    const twins = { Users: { '1': user, '2': { ...user, username: 'Jane.Doe@example.com' } } };
    const unreadable = { Users: { '1': user, '2': { ...user, username: 'Jane.Doe@example.com', disabled: 'maybe' } } };

    for (const answer of [twins, unreadable]) {
      const error = await clientOf(answer)
        .client.findAccount(JANE)
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ message: expect.stringContaining('differ from the address in case only') });
    }
  });
});

const ENABLED = { everybody: new Set([JANE, 'sam.lee@example.com']), byGroup: new Map() };
const orphanedIn = (folders: readonly SharedFolder[]) =>
  foldersOnlyAdministeredBy(folders, { username: JANE, groups: [] }, ENABLED).map(({ name }) => name);

const admin = (username: unknown, more: object = {}) => ({ username, can_administer: 1, ...more });

/** Members of one folder; whether it counts as left without an administrator when Jane goes. */
const FOLDERS: readonly [string, unknown, boolean][] = [
  ['a map instead of a list', { '0': admin(JANE), '5': admin('sam.lee@example.com') }, false],
  ['a map of one', { '7': admin(JANE) }, true],
  ['a nameless administrator', [admin(JANE), admin(null)], true],
  ['only a nameless administrator, who may be her', [admin(null)], true],
  ['another administrator beside a nameless one', [admin(null), admin('sam.lee@example.com')], false],
  ['her right in an unknown way', [{ username: JANE, can_administer: 'perhaps' }], true],
  [
    'another’s right in an unknown way',
    [admin(JANE), admin('sam.lee@example.com', { can_administer: 'perhaps' })],
    true,
  ],
  ['members as text', 'everybody', true],
  [
    'numbers as text',
    [admin(JANE, { can_administer: '1' }), admin('sam.lee@example.com', { can_administer: '0' })],
    true,
  ],
  ['no members', null, false],
];

test.each(FOLDERS)('a folder with %s does not hide the others', async (_what, users, isOrphaned) => {
  const sound = { sharedfoldername: 'Sound', users: [admin(JANE)] };
  const { client } = clientOf({ '7': { sharedfoldername: 'Odd', users }, '8': sound });

  const folders = await client.sharedFolders();

  const expected = isOrphaned ? ['Odd', 'Sound'] : ['Sound'];
  expect(orphanedIn(folders)).toEqual(expected);
});

test('a folder of which nothing can be read counts as one without another administrator, by its number', async () => {
  const { client, odd } = clientOf({ '7': null, count: 2, '8': { sharedfoldername: 'Sound', users: [] } });

  const folders = await client.sharedFolders();

  expect(orphanedIn(folders)).toEqual(['(folder 7)']);
  expect(odd).toMatchObject([{ field: 'folders', count: 2 }]);
});

test('an event of an unknown shape is counted, and hides no other', async () => {
  const data = {
    Event1: { Time: null, Username: JANE },
    Event2: { Time: '2026-07-01 08:00:00', Username: JANE, Action: 7 },
  };
  const { client } = clientOf({ status: 'OK', data });

  const page = await client.events({ from: '2026-07-01 00:00:00', to: '2026-07-02 00:00:00' });

  expect(page).toMatchObject({ unreadable: 1, events: [{ time: '2026-07-01 08:00:00', action: '7' }] });
});
