import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountPage } from '../../../lambdas/lastpass/account-page.ts';
import { SIMULATED_CREDENTIALS } from '../../../local/lastpass-simulator/simulator-options.ts';
import { errorName } from '../../failing-by-name.ts';
import { clientOf } from './arriving-answers.ts';

const JANE = 'jane.doe@example.com';
const SAM = 'sam.lee@example.com';
const user = { username: JANE, disabled: false, admin: false };
const other = { ...user, username: SAM };
const NOBODY = '{"total":0,"count":0,"Users":[]}';
const WHOLE = Number.MAX_SAFE_INTEGER;

/** What a client makes of one answer for everybody, or why it makes nothing of it. */
async function readingOf(text: string, wholeUpToCharacters: number, bytes?: number) {
  const { client, odd } = clientOf([text], { contract: 'guide', wholeUpToCharacters, ...(bytes && { bytes }) });
  const pages: AccountPage[] = [];
  try {
    for await (const page of client.listAccounts()) pages.push(page);
    // JSON.parse puts numbers first.
    return {
      pages: pages.map(inOrder),
      odd: odd.map(({ first: { position: _, ...first }, ...rest }) => ({ ...rest, first })),
    };
  } catch (error) {
    // How far it was read differs.
    return error instanceof Error ? `${error.name}: ${error.message.replace(/\d+ char/, 'char')}` : error;
  }
}

function inOrder({ accounts, unreadable, invited, ...page }: AccountPage) {
  const byKey = (entries: readonly unknown[]) => entries.map((entry) => JSON.stringify(entry)).sort();
  return { ...page, accounts: byKey(accounts), unreadable: byKey(unreadable), invited: byKey(invited) };
}

const anything = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    1,
    1.5e9,
    '',
    '1',
    'Engineering',
    JANE,
    'Jäne.Döe@例え.example',
    '😀\u2028"\\\n',
  ),
  fc.array(fc.constantFrom('Sales', 7, null, JANE), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', JANE, '7'), fc.constantFrom(JANE, null, 'x'), { maxKeys: 3 }),
);
const someone = fc.oneof(
  anything,
  fc.record(
    {
      username: fc.oneof(fc.constantFrom(JANE, 'JANE.doe@example.com', SAM), anything),
      fullname: anything,
      disabled: fc.oneof(fc.constantFrom(true, 0, '1'), anything),
      admin: fc.constantFrom(true, 0, '1'),
      last_login: anything,
      groups: anything,
    },
    { requiredKeys: ['username', 'disabled', 'admin'] },
  ),
);
const ids = fc.constantFrom('1', '2', '400000003', JANE, SAM, 'x', 'constructor');
const answer = fc.record(
  {
    Users: fc.oneof({ weight: 5, arbitrary: fc.dictionary(ids, someone, { maxKeys: 5 }) }, fc.array(someone), anything),
    Groups: fc.oneof(fc.dictionary(fc.constantFrom('Sales', 'IT', '0'), anything, { maxKeys: 3 }), anything),
    Invited: fc.oneof(fc.array(anything, { maxLength: 3 }), anything),
    invited: anything,
    total: anything,
    status: fc.constantFrom('OK', 'FAIL', 404, null),
    error: fc.constantFrom('', null, [`${JANE} is not a valid user.`], 'no', { a: ['no', 'way'] }),
    title: anything,
    nested: fc.object({ maxDepth: 3 }),
  },
  { requiredKeys: [] },
);

test('what arrives in parts is judged as if it had been read whole, in whatever order its fields come', async () => {
  await fc.assert(
    fc.asyncProperty(
      answer,
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: 1, max: 40 }),
      async (fields, order, bytes) => {
        const shuffled = Object.entries(fields).toSorted(() => ((order.next().value ?? 0) % 3) - 1);
        const text = `{${shuffled.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}}`;
        expect(await readingOf(text, 0, bytes)).toEqual(await readingOf(text, WHOLE));
      },
    ),
    { numRuns: 300 },
  );
});

test('what is no JSON when read whole is none in parts, and the other way round', async () => {
  const sound = JSON.stringify({
    total: 2,
    Users: { '1': { ...user, groups: ['Säles', '\ud83d\ude00'] }, '2': other },
    status: null,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(sound.length - 1),
      fc.constantFrom('', '"', ',', '}', ']', '{', '\\', '0', '-', '\n', 'é'),
      async (at, put) => {
        const text = `{${sound.slice(1, at + 1)}${put}${sound.slice(at + 2)}`;
        expect(await readingOf(text, 0)).toEqual(await readingOf(text, WHOLE));
      },
    ),
    { numRuns: 300 },
  );
});

test('an answer that is lost in the middle is unavailable, whatever it has shown: never nobody, and never an administrator', async () => {
  const admin = { ...other, admin: true };
  const text = JSON.stringify({
    total: 3,
    Users: { '1': user, '2': admin, '3': { ...user, username: 'chen.wei@example.com' } },
  });
  for (let lostAfter = 1; lostAfter < text.length; lostAfter += 1) {
    const lost = clientOf([NOBODY, text], { lostAfter });
    // The first answer is lost as well, or is whole: either way nothing may come of the second.
    expect(await errorName(lost.client.findAccount('gone@example.com'))).toBe('LastPassUnavailableError');
    const cut = clientOf([NOBODY, text.slice(0, lostAfter)]);
    expect(await errorName(cut.client.findAccount('gone@example.com'))).toBe('LastPassUnavailableError');
    const pages = clientOf([text.slice(0, lostAfter)]).client.listEnabledAdministrators();
    expect(await errorName(pages[Symbol.asyncIterator]().next())).toBe('LastPassUnavailableError');
  }
});

/** A large answer that says something else after its users. */
const AFTERWARDS: readonly [string, string, string][] = [
  ['an error', '"error":"try later"', 'LastPassRefusedError'],
  ['errors', '"errors":{"a":["no","way"]}', 'LastPassRefusedError'],
  ['a problem of the new REST API', '"status":404,"title":"Not Found"', 'LastPassWrongAddressError'],
  ['users once more', '"Users":{}', 'LastPassUnexpectedAnswerError'],
  ['no users', '"Users":null', 'LastPassUnexpectedAnswerError'],
  ['another total', '"total":1,"total":7', 'LastPassUnexpectedAnswerError'],
  ['groups twice', '"Groups":{},"Groups":{}', 'LastPassUnexpectedAnswerError'],
  ['a name that was meant as a field of objects', '"__proto__":{},"constructor":1', 'nothing failed'],
  ['what nobody knows, twice', '"new":[{"a":[1]}],"new":{"Users":{"9":null}}', 'nothing failed'],
  ['nesting that no contract has', `"new":${'['.repeat(600)}${']'.repeat(600)}`, 'LastPassUnexpectedAnswerError'],
  ['a comma', '"total":1,', 'LastPassUnavailableError'],
];

test.each(AFTERWARDS)('users followed by %s: %s', async (_what, more, expected) => {
  const { client } = clientOf([`{"Users":{"1":${JSON.stringify(user)}},${more}}`]);

  expect(await errorName(client.findAccount(JANE))).toBe(expected);
});

test('of entries with one key in a large answer each counts: more is listed than JSON would keep, never less', async () => {
  const twice = `{"Users":{"1":${JSON.stringify(user)},"1":${JSON.stringify(other)}}}`;

  expect(await clientOf([twice]).client.findAccount(JANE)).toMatchObject({ kind: 'listed' });
  expect(await clientOf([twice]).client.findAccount(SAM)).toMatchObject({ kind: 'listed' });
});

test('text before and after the answer is what it is when read whole', async () => {
  const text = `{"Users":{"1":${JSON.stringify(user)}}}`;

  for (const around of [`\ufeff${text}`, `\n \t${text}\r\n`, `\ufeff\n${text} `]) {
    expect(await clientOf([around]).client.findAccount(JANE)).toMatchObject({ kind: 'listed' });
  }
  for (const around of [`${text}{}`, `${text},`, `${text}\0`, `x${text}`]) {
    expect(await errorName(clientOf([around]).client.findAccount(JANE))).toBe('LastPassUnavailableError');
  }
});

/** However large it is, only a success by HTTP's own words that is a JSON object is read entry by entry. */
const NO_LISTS: readonly [string, Parameters<typeof clientOf>[1], string, string][] = [
  ['a page', { status: 403, contentType: 'text/html' }, '<html>Access Denied</html>', 'LastPassUnavailableError'],
  ['throttling', { status: 429 }, '{"Users":{}}', 'LastPassUnavailableError'],
  ['a redirect', { status: 302 }, '{"Users":{}}', 'LastPassUnexpectedAnswerError'],
  ['a rejected hash', {}, '<?xml version="1.0"?>\n<lastpass rc="Authorization Error"/>\n', 'LastPassUnauthorizedError'],
  ['maintenance', {}, '<!DOCTYPE html>\n<html></html>', 'LastPassUnavailableError'],
  ['problem details', { contentType: 'application/problem+json' }, '{"Users":{}}', 'LastPassWrongAddressError'],
  ['a list', {}, '[{"Users":{}}]', 'LastPassUnexpectedAnswerError'],
  ['nothing', {}, '', 'LastPassUnavailableError'],
];

test.each(NO_LISTS)('%s is judged as any text is', async (_what, arriving, text, expected) => {
  expect(await errorName(clientOf([text], arriving).client.findAccount(JANE))).toBe(expected);
});

test('the hash does not outlive an answer that echoes it, also where a part ends within it', async () => {
  const echo = JSON.stringify({ Users: { '1': user }, error: `bad ${SIMULATED_CREDENTIALS.provhash} 😀` });

  for (const bytes of [1, 2, 3, 11, 1000]) {
    const failure: unknown = await clientOf([echo], { bytes })
      .client.findAccount(JANE)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: 'getuserdata: LastPass refused: bad [hidden] 😀' });
  }
});

test('a user with ten megabytes of text fails nobody else; more than an entry can be is no answer', async () => {
  const noted = (megabytes: number) =>
    JSON.stringify({ Users: { '2': { ...other, notes: 'x'.repeat(megabytes * 1024 ** 2) }, '1': user } });

  expect(await clientOf([noted(10)], { bytes: 65_536 }).client.findAccount(JANE)).toMatchObject({ kind: 'listed' });
  const failure: unknown = await clientOf([noted(18)], { bytes: 65_536 })
    .client.findAccount(JANE)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    name: 'LastPassUnexpectedAnswerError',
    message: expect.stringContaining('too large'),
  });
});

test('what nobody asked for may be as large as it likes, piece by piece', async () => {
  const text = `{"new":[${'"piece",'.repeat(2_500_000)}""],"Users":{"1":${JSON.stringify(user)}}}`;

  expect(await clientOf([text], { bytes: 65_536 }).client.findAccount(JANE)).toMatchObject({ kind: 'listed' });
});
