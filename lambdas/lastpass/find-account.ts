import type { ContractName } from '../domain/effect.ts';
import { type AccountLookup, isSameAddress, type LastPassAccount } from '../domain/lastpass-account.ts';
import { type AccountPage, readAccountPage, type UnreadableAccount } from './account-page.ts';
import { AmbiguousAddressError, LastPassUnexpectedAnswerError } from './errors.ts';
import type { SendCommand } from './send-command.ts';

/** The most that LastPass gives whole, as others read its documentation (docs/lastpass-contract.md section a.1). */
const PAGE_SIZE = 2_000;

// A million people: more pages than that means that paging does not end.
const MAX_PAGES = 500;

/** Filters of `getuserdata` (docs/lastpass-contract.md section a.1). */
interface AccountFilter {
  readonly admin?: 0 | 1;
  readonly disabled?: 0 | 1;
}

/**
 * Everybody whom a filter lets through, page by page. A full page, or fewer users than LastPass's `total`, means that more may follow; both
 * readings of the two counters are in use by working clients. The guide knows neither pages
 * nor filters: one answer has everybody.
 * @throws LastPassUnexpectedAnswerError when pages repeat before everybody was seen, or nobody is listed though LastPass
 * counts some.
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
    for (const { key } of page.unreadable) seen.add(key);
    const listed = page.accounts.length + page.unreadable.length;
    if (pageindex === 0 && listed === 0 && (page.total ?? 0) > 0) {
      throw new LastPassUnexpectedAnswerError('getuserdata: total says that there are users, and none is listed');
    }
    const isRepeated = listed > 0 && seen.size === seenBefore;
    if (isRepeated && seen.size < (page.total ?? Number.POSITIVE_INFINITY)) {
      throw new LastPassUnexpectedAnswerError('getuserdata: pageindex has no effect, the same page came twice');
    }
    if (isRepeated) return;
    yield page;
    const mayHaveMore = listed >= PAGE_SIZE || seen.size < (page.total ?? 0);
    if (listed === 0 || !mayHaveMore) return;
  }
  throw new LastPassUnexpectedAnswerError(`getuserdata: more than ${MAX_PAGES} pages, paging does not end`);
}

/** Who is looked for. The id is known once an account was seen, and tells it from unreadable entries. */
interface Sought {
  readonly address: string;
  readonly userId?: string | undefined;
}

/**
 * Who an address is at LastPass. The exact look-up comes first; because nothing is known about how LastPass compares case
 * (docs/lastpass-contract.md section c.26), everybody is read before the answer is "nobody" or "invited". Users who cannot
 * be read are passed over, unless one of them may be the one who is looked for: then nothing is concluded.
 * @throws AmbiguousAddressError when LastPass itself gives two users for the address, who differ in case only;
 * LastPassUnexpectedAnswerError when the user asked for may be one who cannot be read.
 */
export async function findAccount(send: SendCommand, contract: ContractName, sought: Sought): Promise<AccountLookup> {
  const { address } = sought;
  const exact = readAccountPage(await send('getuserdata', { username: address.trim() }));
  const account = pickAccount([exact], sought);
  if (account !== undefined) return { kind: 'listed', account };

  const pages: AccountPage[] = [];
  for await (const page of listAccounts(send, contract)) pages.push(onlyAbout(sought, page));
  const listed = pickAccount(pages, sought);
  if (listed !== undefined) return { kind: 'listed', account: listed };
  const invited = [exact, ...pages].flatMap((page) => page.invited);
  const invitation = invited.find((each) => isSameAddress(each, address));
  return invitation === undefined ? { kind: 'nobody' } : { kind: 'invited', username: invitation };
}

/** A page of thousands, without everybody else. */
function onlyAbout(sought: Sought, page: AccountPage): AccountPage {
  const { address, userId } = sought;
  return {
    ...page,
    accounts: page.accounts.filter((each) => isSameAddress(each.username, address) || each.userId === userId),
    unreadable: page.unreadable.filter((each) => mayBe(each, sought)),
  };
}

function pickAccount(pages: readonly AccountPage[], sought: Sought): LastPassAccount | undefined {
  const about = pages.map((page) => onlyAbout(sought, page));
  const unreadable = about.flatMap((page) => page.unreadable);
  const byId = new Map(about.flatMap(({ accounts }) => accounts).map((account) => [account.userId, account]));
  const alike = [...byId.values()].filter(({ username }) => isSameAddress(username, sought.address));
  if (alike.length > 1 || (alike.length === 1 && unreadable.some(({ username }) => username !== undefined))) {
    throw new AmbiguousAddressError(
      'getuserdata: several users differ from the address in case only; say which one is meant',
    );
  }
  const [account] = alike;
  if (account) return account;
  if (byId.size > 0) {
    throw new LastPassUnexpectedAnswerError(
      'getuserdata: the user id is listed under another address now; find out who changed it and why',
    );
  }
  const [odd] = unreadable;
  if (odd) {
    throw new LastPassUnexpectedAnswerError(
      `getuserdata: field ${odd.fault} of a user has an unknown shape, and that user may be the one asked for; nothing is concluded`,
    );
  }
  return undefined;
}

/** Whether this may be whoever is sought: another id or another address says no, as long as neither says yes. */
function mayBe({ userId, username }: UnreadableAccount, sought: Sought): boolean {
  if (username !== undefined && isSameAddress(username, sought.address)) return true;
  if (userId !== undefined && sought.userId !== undefined && isNumeric(sought.userId)) return userId === sought.userId;
  return username === undefined;
}

function isNumeric(userId: string): boolean {
  return /^\d+$/u.test(userId);
}
