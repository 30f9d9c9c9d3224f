import { expect, test } from 'vitest';
import { LastPassRefusedError } from '../../../lambdas/lastpass/errors.ts';
import type { Quirks } from '../../../local/lastpass-simulator/quirks.ts';
import { startSimulator } from '../../local/lastpass-simulator/start-simulator.ts';

/** Every value that is not the default. A new quirk does not compile until it is tried here. */
const ALTERNATIVES: { readonly [Name in keyof Quirks]: readonly Quirks[Name][] } = {
  unknownUser: ['empty object', 'error'],
  countsNobody: [false],
  hasStatusOnUnknownUser: [false],
  hasNullsForNeverLoggedIn: [false],
  omitsEmptyGroups: [false],
  invitedKey: ['invited'],
  userFlags: ['number', 'numeric text', 'text'],
  folderFlags: ['boolean', 'numeric text', 'text'],
  hasNewerUserFields: [true],
  showsProfile: [false],
  hasNewerFolderFields: [true],
  maxPageSize: [7],
  ignoresPageIndex: [true],
  successSpelling: ['Success'],
  omitsEmptyLists: [false],
  disableOfUnknown: ['error'],
  disableFailureStatus: ['FAIL'],
  echoesAddress: ['as stored', 'lower case'],
  hasErrorOnAlreadyDisabled: [false],
  deleteOfInvited: ['accept'],
  uninviteOfEnrolled: ['accept'],
  missingDeleteAction: ['as 0'],
  protectsLastAdmin: [true],
  protectsDirectoryManaged: [true],
  refusesResetOfDirectoryManaged: [false],
  unknownGroup: ['ignored'],
  comparesCase: [true],
  errorForm: ['text', 'list', 'errors'],
  eventForm: ['list', 'events'],
  siemForm: ['recorded', 'list'],
  eventCasing: ['sentence'],
  eventTimeZone: ['Asia/Tokyo'],
  eventsPerAnswer: [1],
  nextForm: ['number'],
  recordsReads: [false],
  throttlesAbovePerSecond: [1_000],
};

const CASES: readonly (readonly [string, Partial<Quirks>])[] = [
  ['as recorded', {}],
  ...Object.entries(ALTERNATIVES).flatMap(([name, values]) =>
    values.map((value) => [`${name}: ${value}`, { [name]: value }] as const),
  ),
  ['unknownUser: error without status', { unknownUser: 'error', hasStatusOnUnknownUser: false }],
  ['unknownUser: error as text', { unknownUser: 'error', errorForm: 'text' }],
  ['unknownUser: error under errors', { unknownUser: 'error', errorForm: 'errors' }],
];

const PERSON = 'Mixed.Case@Example.com';

test.each(CASES)('an offboarding from look-up to deletion reads the same with %s', async (_title, quirks) => {
  const { client, simulator } = await startSimulator({ quirks });

  expect(await client.findAccount(PERSON)).toMatchObject({
    kind: 'listed',
    account: { userId: '400000012', username: PERSON, isDisabled: false, groups: ['Engineering'] },
  });
  expect(await client.findAccount('nora.never@example.com')).toMatchObject({
    account: { hasNeverLoggedIn: true, lastLogin: undefined, isDisabled: false, groups: [] },
  });
  expect(await client.disableAccounts([PERSON])).toEqual({ changed: [PERSON], unchanged: [] });
  expect(await client.disableAccounts([PERSON])).toEqual({ changed: [], unchanged: [PERSON] });
  expect(await client.findAccount(PERSON)).toMatchObject({ account: { isDisabled: true } });
  const again = quirks.hasErrorOnAlreadyDisabled === false ? 'done' : 'already disabled';
  expect(await client.deleteAccount({ username: PERSON, action: 0 })).toBe(again);
  expect(await client.enableAccounts([PERSON])).toEqual({ changed: [PERSON], unchanged: [] });
  expect(await client.changeGroups([{ username: PERSON, del: ['Engineering'] }])).toEqual({ errors: [] });
  const [folder] = await client.sharedFolders();
  expect(folder?.members[0]).toMatchObject({
    username: 'sole.keeper@example.com',
    canAdminister: true,
    isReadOnly: false,
  });
  const { events } = await client.events({ from: '2026-01-01 00:00:00', to: '2036-01-01 00:00:00', search: 'user' });
  expect(events[0]).toMatchObject({ action: expect.stringMatching(/^Reactivated user$/i), subject: PERSON });
  expect(await client.deleteAccount({ username: PERSON, action: 2 })).toBe('done');
  expect(await client.deleteAccount({ username: PERSON, action: 2 })).toBe('no such user');
  expect(simulator.directory.find(PERSON)).toBeUndefined();
});

const REPEATING = new Set(['ignoresPageIndex: true']);

test.each(CASES.filter(([title]) => !REPEATING.has(title)))(
  'nobody and an invitation are told apart with %s',
  async (_title, quirks) => {
    const { client } = await startSimulator({ quirks });

    expect(await client.findAccount('gone@example.com')).toEqual({ kind: 'nobody' });
    expect(await client.findAccount('Ivo.Invited@example.com')).toEqual({
      kind: 'invited',
      username: 'Ivo.Invited@example.com',
    });
  },
);

test.each(CASES)('an unknown address is never claimed as disabled with %s', async (_title, quirks) => {
  const { client } = await startSimulator({ quirks });

  const answer = client.disableAccounts(['gone@example.com']);

  if (quirks.disableOfUnknown === 'error') await expect(answer).rejects.toBeInstanceOf(LastPassRefusedError);
  else expect(await answer).toEqual({ changed: [], unchanged: ['gone@example.com'] });
});

test.each(['error', 'FAIL'] as const)(
  'a protected user is a refusal when the status is %s',
  async (disableFailureStatus) => {
    const { client } = await startSimulator({ quirks: { disableFailureStatus, protectsDirectoryManaged: true } });

    await expect(client.disableAccounts(['dirk.directory@example.com'])).rejects.toThrow(
      expect.objectContaining({
        name: 'LastPassRefusedError',
        message: 'disableuser: LastPass refused: User is managed by your directory',
      }),
    );
  },
);
