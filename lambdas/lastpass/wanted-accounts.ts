import type { LastPassAccount } from '../domain/lastpass-account.ts';
import type { UnreadableAccount } from './account-page.ts';

/** What is kept of a list of everybody: whom nobody asked for is read and forgotten, so that memory does not grow with the company. */
export interface Wanted {
  /**
   * Whom to keep of those who were kept so far and some more; `kept` may be changed and given back. Groups that only `Groups` lists
   * are not known yet.
   */
  readonly accounts: (kept: LastPassAccount[], more: readonly LastPassAccount[]) => LastPassAccount[];
  readonly unreadable: (one: UnreadableAccount) => boolean;
  readonly invited: (address: string) => boolean;
  /** Whether it matters that `Groups` lists this address in this group. */
  readonly membership: (group: string, address: string) => boolean;
}

export const EVERYBODY: Wanted = {
  accounts: matching(() => true),
  unreadable: () => true,
  invited: () => true,
  membership: () => true,
};

/** Everybody who is wanted, whoever else there is. */
export function matching(isWanted: (account: LastPassAccount) => boolean): Wanted['accounts'] {
  return (kept, more) => {
    for (const account of more) if (isWanted(account)) kept.push(account);
    return kept;
  };
}

/** Nothing about groups, invitations and whoever cannot be read. */
export function onlyAccounts(accounts: Wanted['accounts']): Wanted {
  return { accounts, unreadable: () => false, invited: () => false, membership: () => false };
}
