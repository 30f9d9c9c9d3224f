import { type DirectoryReading, readingName } from '../domain/directory-reading.ts';
import type { ContractName } from '../domain/effect.ts';
import { type AccountLookup, addressKey, isSameAddress, type LastPassAccount } from '../domain/lastpass-account.ts';
import { type AccountPage, fetchAccountPage, type UnreadableAccount } from './account-page.ts';
import { AmbiguousAddressError, LastPassUnexpectedAnswerError } from './errors.ts';
import { listAccounts } from './list-accounts.ts';
import type { SendCommand } from './send-command.ts';
import { matching, type Wanted } from './wanted-accounts.ts';

/** Who is looked for. The id is known once an account was seen, and tells it from unreadable entries. */
interface Sought {
  readonly address: string;
  readonly userId?: string | undefined;
}

/**
 * Who an address is at LastPass. The exact look-up comes first, in every invocation; because nothing is known about how LastPass compares
 * case (docs/lastpass-contract.md section c.26), everybody is read before the answer is "nobody" or "invited". Users who cannot
 * be read are passed over, unless one of them may be the one who is looked for: then nothing is concluded.
 * @throws AmbiguousAddressError when LastPass itself gives two users for the address, who differ in case only;
 * LastPassUnexpectedAnswerError when the user asked for may be one who cannot be read.
 */
export async function findAccount(
  send: SendCommand,
  contract: ContractName,
  { reading, ...sought }: Sought & { readonly reading?: DirectoryReading | undefined },
): Promise<AccountLookup> {
  const { address } = sought;
  const wanted = wantedOf(sought);
  const exact = await fetchAccountPage(send, { username: address.trim() }, { wanted });
  const account = pickAccount([exact], sought);
  if (account !== undefined) return { kind: 'listed', account };

  const pages: AccountPage[] = [];
  const name = readingName('account', addressKey(address), sought.userId ?? '');
  const resumed = reading && { name, by: reading };
  const pagesOfUse = () => pages.map(({ index }) => index);
  for await (const page of listAccounts(send, contract, { wanted, resumed, pagesOfUse })) {
    if (page.accounts.length + page.unreadable.length + page.invited.length > 0) pages.push(page);
  }
  const listed = pickAccount(pages, sought);
  if (listed !== undefined) return { kind: 'listed', account: listed };
  const invited = [exact, ...pages].flatMap((page) => page.invited);
  const invitation = invited.find((each) => isSameAddress(each, address));
  return invitation === undefined ? { kind: 'nobody' } : { kind: 'invited', username: invitation };
}

function wantedOf(sought: Sought): Wanted {
  const key = addressKey(sought.address);
  const isAbout = (address: string) => addressKey(address) === key;
  const isWanted = ({ username, userId }: LastPassAccount) => isAbout(username) || userId === sought.userId;
  return {
    accounts: matching(isWanted),
    unreadable: (one) => mayBe(one, sought),
    invited: isAbout,
    membership: (_group, address) => isAbout(address),
  };
}

function pickAccount(pages: readonly AccountPage[], sought: Sought): LastPassAccount | undefined {
  const unreadable = pages.flatMap((page) => page.unreadable);
  const byId = new Map(pages.flatMap(({ accounts }) => accounts).map((account) => [account.userId, account]));
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
