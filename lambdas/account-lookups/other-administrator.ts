import { type DirectoryReading, readingName } from '../domain/directory-reading.ts';
import type { LastPassAccount } from '../domain/lastpass-account.ts';
import type { AccountPage } from '../lastpass/account-page.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import type { ListingOptions } from '../lastpass/list-accounts.ts';
import { onlyAccounts } from '../lastpass/wanted-accounts.ts';

/**
 * Whether somebody else than this enabled administrator is one, too: one call where LastPass filters as documented
 * (docs/lastpass-contract.md section a.1). An answer that leaves out this administrator was filtered otherwise than asked,
 * so everybody is read instead.
 */
export async function hasOtherAdministrator(
  lastPass: Pick<LastPassClient, 'listAccounts' | 'listEnabledAdministrators'>,
  account: LastPassAccount,
  reading?: DirectoryReading,
): Promise<boolean> {
  const filtered = await lookFor((options) => lastPass.listEnabledAdministrators(options), {
    account,
    resumed: reading && { name: readingName('administrators', account.userId, 'enabled'), by: reading },
  });
  if (filtered.hasOther || filtered.hasThisOne) return filtered.hasOther;
  const everybody = await lookFor((options) => lastPass.listAccounts(options), {
    account,
    resumed: reading && { name: readingName('administrators', account.userId), by: reading },
  });
  return everybody.hasOther;
}

type Look = Pick<ListingOptions, 'resumed'> & { readonly account: LastPassAccount };

async function lookFor(
  list: (options: ListingOptions) => AsyncIterable<AccountPage>,
  { account: { userId }, resumed }: Look,
) {
  const isThisOne = (each: LastPassAccount) => each.userId === userId;
  const isOther = (each: LastPassAccount) => !isThisOne(each) && each.isAdmin && !each.isDisabled;
  const pagesOfThisOne: number[] = [];
  const pages = list({
    wanted: onlyAccounts((kept, more) => {
      const all = [...kept, ...more];
      return [all.find(isThisOne), all.find(isOther)].filter((one) => one !== undefined);
    }),
    resumed,
    pagesOfUse: () => pagesOfThisOne,
  });
  for await (const { accounts, index } of pages) {
    if (accounts.some(isThisOne)) pagesOfThisOne.push(index);
    if (accounts.some(isOther)) return { hasOther: true, hasThisOne: pagesOfThisOne.length > 0 };
  }
  return { hasOther: false, hasThisOne: pagesOfThisOne.length > 0 };
}
