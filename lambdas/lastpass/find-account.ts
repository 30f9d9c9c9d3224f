import type { ContractName } from '../domain/effect.ts';
import { type AccountLookup, isSameAddress, type LastPassAccount } from '../domain/lastpass-account.ts';
import { type AccountPage, readAccountPage } from './account-page.ts';
import { AmbiguousAddressError, LastPassUnexpectedAnswerError } from './errors.ts';
import type { SendCommand } from './send-command.ts';

/** LastPass's own maximum: "at most 2000 to prevent omitted details" (lastpass-contract.md section a.1). */
const PAGE_SIZE = 2_000;

// A million people: more pages than that means that paging does not end.
const MAX_PAGES = 500;

/** Filters of `getuserdata` (lastpass-contract.md section a.1). */
export interface AccountFilter {
  readonly admin?: 0 | 1;
  readonly disabled?: 0 | 1;
}

/**
 * Everybody whom a filter lets through, page by page. A full page, or fewer users than LastPass's `total`, means that more may follow; both
 * readings of the two counters are in use by working clients. The guide knows neither pages
 * nor filters: one answer has everybody.
 * @throws LastPassUnexpectedAnswerError when pages repeat before everybody was seen.
 */
export async function* listAccounts(
  send: SendCommand,
  contract: ContractName,
  filter: AccountFilter = {},
): AsyncGenerator<AccountPage> {
  if (contract === 'guide') {
    yield readAccountPage(await send('getuserdata', {}));
    return;
  }
  const seen = new Set<string>();
  for (let pageindex = 0; pageindex < MAX_PAGES; pageindex += 1) {
    const page = readAccountPage(await send('getuserdata', { ...filter, pagesize: PAGE_SIZE, pageindex }));
    const seenBefore = seen.size;
    for (const account of page.accounts) seen.add(account.userId);
    const isRepeated = page.accounts.length > 0 && seen.size === seenBefore;
    if (isRepeated && seen.size < (page.total ?? Number.POSITIVE_INFINITY)) {
      throw new LastPassUnexpectedAnswerError('getuserdata: pageindex has no effect, the same page came twice');
    }
    if (isRepeated) return;
    yield page;
    const mayHaveMore = page.accounts.length >= PAGE_SIZE || seen.size < (page.total ?? 0);
    if (page.accounts.length === 0 || !mayHaveMore) return;
  }
  throw new LastPassUnexpectedAnswerError(`getuserdata: more than ${MAX_PAGES} pages, paging does not end`);
}

/**
 * Who an address is at LastPass. The exact look-up comes first; because nothing is known about how LastPass compares
 * case (lastpass-contract.md section c, 26), everybody is read before the answer is "nobody" or "invited".
 * @throws AmbiguousAddressError when two users differ from the address in case only.
 */
export async function findAccount(send: SendCommand, contract: ContractName, address: string): Promise<AccountLookup> {
  const exact = readAccountPage(await send('getuserdata', { username: address.trim() }));
  const account = pickAccount(exact.accounts, address);
  if (account !== undefined) return { found: 'listed', account };

  const candidates: LastPassAccount[] = [];
  const invited = [...exact.invited];
  for await (const page of listAccounts(send, contract)) {
    candidates.push(...page.accounts.filter((each) => isSameAddress(each.username, address)));
    invited.push(...page.invited);
  }
  const listed = pickAccount(candidates, address);
  if (listed !== undefined) return { found: 'listed', account: listed };
  const invitation = invited.find((each) => isSameAddress(each, address));
  return invitation === undefined ? { found: 'nobody' } : { found: 'invited', username: invitation };
}

function pickAccount(accounts: readonly LastPassAccount[], address: string): LastPassAccount | undefined {
  const alike = accounts.filter((each) => isSameAddress(each.username, address));
  const exact = alike.find((each) => each.username === address.trim());
  if (exact !== undefined || alike.length <= 1) return exact ?? alike[0];
  throw new AmbiguousAddressError(
    'getuserdata: several users differ from the address in case only; say which one is meant',
  );
}
