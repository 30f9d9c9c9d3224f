import { type DirectoryReading, readingName } from '../domain/directory-reading.ts';
import { addressKey, type LastPassAccount } from '../domain/lastpass-account.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { administratorsOf, type EnabledPeople } from '../lastpass/orphaned-folders.ts';
import type { SharedFolder } from '../lastpass/shared-folders.ts';
import type { Wanted } from '../lastpass/wanted-accounts.ts';

interface People {
  /** Of those who administer one of the folders, by their own name or a group's. */
  readonly enabled: EnabledPeople;
  /** Other accounts whose addresses differ from this one in case only, as LastPass spells them. */
  readonly alike: readonly string[];
  /** How many accounts there are, as LastPass counts; where it does not, as many as were listed and are enabled. */
  readonly size: number;
}

interface PeopleOptions {
  readonly folders: readonly SharedFolder[];
  readonly reading?: DirectoryReading | undefined;
}

/**
 * Reads everybody once, page by page (a call for 2,000 users). Not by the filter for enabled users: an account that
 * LastPass lets through by mistake is looked at again, but one that it leaves out could not be.
 */
export async function readPeople(
  lastPass: Pick<LastPassClient, 'listAccounts'>,
  { userId, username }: Pick<LastPassAccount, 'userId' | 'username'>,
  { folders, reading }: PeopleOptions,
): Promise<People> {
  const named = administratorsOf(folders);
  const own = addressKey(username);
  const everybody = new Set<string>();
  const byGroup = new Map<string, Set<string>>();
  const alike = new Set<string>();
  const pagesOfUse: number[] = [];
  const isAlike = (account: LastPassAccount) => addressKey(account.username) === own && account.userId !== userId;

  /** Whether this tells something new about the folders. */
  function note(account: LastPassAccount): boolean {
    const before = everybody.size + alike.size;
    const key = addressKey(account.username);
    if (isAlike(account)) alike.add(account.username);
    if (account.isDisabled) return everybody.size + alike.size > before;
    if (named.addresses.has(key)) everybody.add(key);
    const groups = account.groups.filter((group) => named.names.has(group) && addToGroup(byGroup, group, key));
    return groups.length > 0 || everybody.size + alike.size > before;
  }

  const pages = lastPass.listAccounts({
    wanted: wantedOf((account) => isAlike(account) || !account.isDisabled, named.names),
    resumed: reading && { name: readingName('people', own, ...[...named.names].sort()), by: reading },
    pagesOfUse: () => pagesOfUse,
  });
  let size: { readonly total: number | undefined; readonly listed: number } = { total: undefined, listed: 0 };
  for await (const { accounts, index, total } of pages) {
    size = { total: total ?? size.total, listed: size.listed + accounts.length };
    if (accounts.map(note).includes(true)) pagesOfUse.push(index);
  }
  return { enabled: { everybody, byGroup }, alike: [...alike], size: size.total ?? size.listed };
}

/** Two of a group are as good as all of it: one of them is not the leaver. */
function addToGroup(byGroup: Map<string, Set<string>>, group: string, key: string): boolean {
  const members = byGroup.get(group) ?? new Set();
  byGroup.set(group, members);
  const { size } = members;
  if (size < 2) members.add(key);
  return members.size > size;
}

/** Anybody may be in one of the groups, which may only be known at the end: so of everybody little is kept. */
function wantedOf(isWanted: (account: LastPassAccount) => boolean, groups: ReadonlySet<string>): Wanted {
  const brief = (account: LastPassAccount) => ({
    ...account,
    fullName: '',
    lastLogin: undefined,
    groups: account.groups.filter((group) => groups.has(group)),
  });
  return {
    accounts: (kept, more) => {
      for (const account of more) if (isWanted(account)) kept.push(brief(account));
      return kept;
    },
    unreadable: () => false,
    invited: () => false,
    membership: (group) => groups.has(group),
  };
}
