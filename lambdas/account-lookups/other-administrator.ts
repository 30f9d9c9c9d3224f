import type { LastPassAccount } from '../domain/lastpass-account.ts';
import type { AccountPage } from '../lastpass/account-page.ts';
import type { LastPassClient } from '../lastpass/client.ts';

/**
 * Whether somebody else than this enabled administrator is one, too: one call where LastPass filters as documented
 * (docs/lastpass-contract.md section a.1). An answer that leaves out this administrator was filtered otherwise than asked,
 * so everybody is read instead.
 */
export async function hasOtherAdministrator(
  lastPass: Pick<LastPassClient, 'listAccounts' | 'listEnabledAdministrators'>,
  account: LastPassAccount,
): Promise<boolean> {
  const filtered = await lookFor(lastPass.listEnabledAdministrators(), account);
  if (filtered.hasOther || filtered.hasThisOne) return filtered.hasOther;
  return (await lookFor(lastPass.listAccounts(), account)).hasOther;
}

async function lookFor(pages: AsyncIterable<AccountPage>, { userId }: LastPassAccount) {
  let hasThisOne = false;
  for await (const { accounts } of pages) {
    if (accounts.some((each) => each.userId !== userId && each.isAdmin && !each.isDisabled)) {
      return { hasOther: true, hasThisOne };
    }
    hasThisOne ||= accounts.some((each) => each.userId === userId);
  }
  return { hasOther: false, hasThisOne };
}
