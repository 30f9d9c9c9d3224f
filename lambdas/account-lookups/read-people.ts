import { addressKey, type LastPassAccount } from '../domain/lastpass-account.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import type { EnabledPeople } from '../lastpass/orphaned-folders.ts';

interface People {
  readonly enabled: EnabledPeople;
  /** Other accounts whose addresses differ from this one in case only, as LastPass spells them. */
  readonly alike: readonly string[];
}

/**
 * Reads everybody once, page by page (a call for 2,000 users). Not by the filter for enabled users: an account that
 * LastPass lets through by mistake is looked at again, but one that it leaves out could not be.
 */
export async function readPeople(
  lastPass: Pick<LastPassClient, 'listAccounts'>,
  { userId, username }: Pick<LastPassAccount, 'userId' | 'username'>,
): Promise<People> {
  const everybody = new Set<string>();
  const byGroup = new Map<string, Set<string>>();
  const alike: string[] = [];
  for await (const { accounts } of lastPass.listAccounts()) {
    for (const account of accounts) {
      const key = addressKey(account.username);
      if (key === addressKey(username) && account.userId !== userId) alike.push(account.username);
      if (account.isDisabled) continue;
      everybody.add(key);
      for (const group of account.groups) byGroup.set(group, (byGroup.get(group) ?? new Set()).add(key));
    }
  }
  return { enabled: { everybody, byGroup }, alike };
}
