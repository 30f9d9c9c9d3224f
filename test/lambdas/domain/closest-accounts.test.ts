import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closestAccounts } from '../../../lambdas/domain/closest-accounts.ts';
import type { LastPassAccount } from '../../../lambdas/domain/lastpass-account.ts';

function account(username: string, fullName = '', change: Partial<LastPassAccount> = {}): LastPassAccount {
  const unremarkable = { isDisabled: false, isAdmin: false, hasNeverLoggedIn: false, lastLogin: undefined, groups: [] };
  return { userId: username, username, fullName, ...unremarkable, ...change };
}

const jane = { addresses: ['jane.doe@example.com'], displayName: 'Jane Doe' };
const usernames = (found: ReturnType<typeof closestAccounts>) => found.map(({ account: { username } }) => username);

test.each([
  ['Jane.Doe@Example.com', '', 'same address but for upper and lower case'],
  ['jane.doe@example.org', '', 'same name before the @, at another domain'],
  ['jane.doe+vault@example.com', '', 'same name before the @ but for what follows a plus sign'],
  ['jane.deo@example.com', '', 'address differs in 1 character'],
  ['jan.do@example.com', '', undefined],
  ['jane.d0e2@example.com', '', 'address differs in 2 characters'],
  ['jsmith@example.com', 'Doe, Jane', 'same full name'],
  ['jsmith@example.com', 'Jane Smith', 'part of the name is the same'],
  ['jane.doe@example.org', 'JANE DOE', 'same name before the @, at another domain; same full name'],
  ['john.roe@example.com', 'John Roe', undefined],
] as const)('%s (%s) is found because: %s', (username, fullName, why) => {
  expect(closestAccounts(jane, [account(username, fullName)]).map((one) => one.why)).toEqual(why ? [why] : []);
});

test('short addresses have no typos: every one would be close to every other', () => {
  const sought = { addresses: ['jd@example.com'], displayName: '' };
  expect(closestAccounts(sought, [account('je@example.com'), account('ab@example.com')])).toEqual([]);
});

test('whoever has more in common comes first', () => {
  const found = closestAccounts(jane, [
    account('jane.smith@example.com', 'Jane Smith'),
    account('jane.dow@example.com', 'Jana Dow'),
    account('jane.doe@old.example.com', 'Jane Doe'),
    account('jd@example.com', 'Jane Doe'),
    account('omar.aziz@example.com', 'Omar Aziz'),
  ]);
  expect(usernames(found)).toEqual([
    'jane.doe@old.example.com',
    'jd@example.com',
    'jane.dow@example.com',
    'jane.smith@example.com',
  ]);
});

test('the address that HR’s is mapped to is looked for as well', () => {
  const sought = { ...jane, addresses: ['x@example.com', 'omar.asiz@example.com'], displayName: '' };
  expect(usernames(closestAccounts(sought, [account('omar.aziz@example.com')]))).toEqual(['omar.aziz@example.com']);
});

test('says of an account that it is disabled already', () => {
  const [found] = closestAccounts(jane, [account('jane.doe@example.org', '', { isDisabled: true })]);
  expect(found?.why).toBe('same name before the @, at another domain; is disabled already');
});

const words = fc.constantFrom('jane', 'doe', 'jan', 'dow', 'smith', 'x', '田中', '');
const accounts = fc.uniqueArray(
  fc.record({ first: words, last: words, domain: fc.constantFrom('example.com', 'example.org'), id: fc.nat(50) }),
  { selector: ({ id }) => id, maxLength: 40 },
);
const directory = accounts.map((all) =>
  all.map(({ first, last, domain, id }) =>
    account(`${first}.${last}@${domain}`, `${first} ${last}`, { userId: String(id) }),
  ),
);

test('reading a directory in pages, in any order, finds the same five at most as reading it at once', () => {
  fc.assert(
    fc.property(directory, fc.integer({ min: 1, max: 10 }), (all, pageSize) => {
      const atOnce = closestAccounts(jane, all);
      let inPages: ReturnType<typeof closestAccounts> = [];
      for (let start = 0; start < all.length; start += pageSize) {
        const page = all.toReversed().slice(start, start + pageSize);
        inPages = closestAccounts(jane, [...inPages.map((one) => one.account), ...page]);
      }
      expect(inPages).toEqual(atOnce);
      expect(atOnce.length).toBeLessThanOrEqual(5);
    }),
  );
});

test('whatever the addresses and names, only accounts of the directory are named, each once and with a reason', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.array(fc.tuple(fc.string(), fc.string())), (address, name, people) => {
      const all = people.map(([username, fullName], index) => account(username, fullName, { userId: String(index) }));
      const found = closestAccounts({ addresses: [address], displayName: name }, all);
      expect(new Set(found.map((one) => one.account)).size).toBe(found.length);
      for (const one of found) {
        expect(all).toContain(one.account);
        expect(one.why).not.toBe('');
      }
    }),
  );
});
