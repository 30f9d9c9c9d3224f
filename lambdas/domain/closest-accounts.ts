import { isSameAddress, type LastPassAccount } from './lastpass-account.ts';
import { editDistance } from './likeness/edit-distance.ts';
import { sharedNameWords } from './likeness/name-words.ts';

/** Whom HR reported, and whom nobody at LastPass clearly is. */
export interface SoughtPerson {
  /** HR's address, and the one that it is mapped to, if any. */
  readonly addresses: readonly string[];
  readonly displayName: string;
}

export interface CloseAccount {
  readonly account: LastPassAccount;
  /** What the two have in common, in words for the person who must choose. */
  readonly why: string;
}

interface Likeness {
  readonly weight: number;
  readonly why: string;
}

/** As many as somebody can look up one by one. */
const MOST = 5;
/** Two slips of the keyboard in eight characters are a typo; in four they are another name. */
const MOST_SLIPS = 2;
const CHARACTERS_PER_SLIP = 4;
/** Half of the names is what a change of surname leaves. */
const LEAST_SHARED = 0.5;

/**
 * The accounts that may be this person's, the likeliest first: for a person to choose from, never to act on. Giving the
 * result back together with more accounts gives the same as all of them at once, so that a directory can be read in pages.
 */
export function closestAccounts(sought: SoughtPerson, accounts: readonly LastPassAccount[]): readonly CloseAccount[] {
  const known = new Map(accounts.map((account) => [account.userId, account]));
  return [...known.values()]
    .map((account) => ({ account, likenesses: likenessesOf(sought, account) }))
    .filter(({ likenesses }) => likenesses.length > 0)
    .map(({ account, likenesses }) => ({
      account,
      weight: likenesses.reduce((sum, { weight }) => sum + weight, 0),
      why: [...likenesses.map(({ why }) => why), ...(account.isDisabled ? ['is disabled already'] : [])].join('; '),
    }))
    .sort((one, other) => other.weight - one.weight || (one.account.userId < other.account.userId ? -1 : 1))
    .slice(0, MOST)
    .map(({ account, why }) => ({ account, why }));
}

function likenessesOf({ addresses, displayName }: SoughtPerson, account: LastPassAccount): readonly Likeness[] {
  const byAddress = addresses
    .map((address) => addressLikeness(address, account.username))
    .filter((one) => one !== undefined)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, 1);
  const byName = nameLikeness(displayName, account.fullName);
  return [...byAddress, ...(byName ? [byName] : [])];
}

function addressLikeness(address: string, username: string): Likeness | undefined {
  if (isSameAddress(address, username)) return { weight: 1000, why: 'same address but for upper and lower case' };
  const [local, other] = [localPart(address), localPart(username)];
  if (local === other) return { weight: 100, why: 'same name before the @, at another domain' };
  if (untagged(local) !== '' && untagged(local) === untagged(other)) {
    return { weight: 90, why: 'same name before the @ but for what follows a plus sign' };
  }
  const mostSlips = Math.min(MOST_SLIPS, Math.floor(Math.min(local.length, other.length) / CHARACTERS_PER_SLIP));
  // A difference in length is a lower bound, and saves most of the work in a large directory.
  if (Math.abs(local.length - other.length) > mostSlips) return undefined;
  const slips = editDistance(local, other);
  if (slips > mostSlips) return undefined;
  return { weight: 80 - 20 * slips, why: `address differs in ${slips === 1 ? '1 character' : `${slips} characters`}` };
}

function nameLikeness(displayName: string, fullName: string): Likeness | undefined {
  const shared = sharedNameWords(displayName, fullName);
  if (shared < LEAST_SHARED) return undefined;
  return shared === 1
    ? { weight: 80, why: 'same full name' }
    : { weight: 30 * shared, why: 'part of the name is the same' };
}

function localPart(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/@[^@]*$/, '');
}

function untagged(local: string): string {
  return local.replace(/\+.*$/, '');
}
