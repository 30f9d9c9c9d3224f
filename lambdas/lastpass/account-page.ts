import * as z from 'zod';
import type { LastPassAccount } from '../domain/lastpass-account.ts';
import type { EntryListener, ListedField } from './json-entries.ts';
import { type EntryKey, EntryReader, entriesIn, type OddEntry } from './odd-entries.ts';
import { type Answer, parseAnswer, refusalOf } from './read-answer.ts';
import type { SendCommand } from './send-command.ts';
import { EVERYBODY, type Wanted } from './wanted-accounts.ts';
import { wireFlag, wireLooseText, wireMap } from './wire-values.ts';

/** One answer of `getuserdata`: of its users those that are wanted. */
export interface AccountPage {
  readonly accounts: readonly LastPassAccount[];
  /** Users who are listed and could not be read. */
  readonly unreadable: readonly UnreadableAccount[];
  /** Addresses of people who were invited and have not enrolled: they are no users yet. */
  readonly invited: readonly string[];
  /** As LastPass counts; `undefined` where it does not say. */
  readonly total: number | undefined;
  /** Which of the pages it is, from 0. */
  readonly index: number;
}

interface PageOptions {
  readonly wanted?: Wanted | undefined;
  /** Told of everybody who is listed, by user id. */
  readonly onListed?: (userId: string) => void;
  readonly index?: number;
  readonly isUnpaged?: boolean;
}

/** What can be told of a user whose entry has an unknown shape. */
export interface UnreadableAccount {
  /** LastPass's numeric id, where the entry has one. */
  readonly userId: string | undefined;
  readonly username: string | undefined;
  /** Its key in the answer. */
  readonly key: string;
  /** The field that could not be read. */
  readonly fault: string;
}

// docs/lastpass-contract.md section a.1. The guide knows first and last names instead of `fullname`, and no login fields. What
// nothing depends on is read loosely; who it is and what the account may do is not.
const wireUser = z.object({
  username: z.string().min(1),
  fullname: wireLooseText,
  firstname: wireLooseText,
  lastname: wireLooseText,
  disabled: wireFlag,
  admin: wireFlag,
  neverloggedin: wireFlag.optional().catch(undefined),
  last_login: z.string().nullish().catch(undefined),
  groups: z.unknown().optional(),
});
type WireUser = z.output<typeof wireUser>;

const wirePage = z.object({
  Users: wireMap(z.unknown()),
  Groups: z.unknown().optional(),
  Invited: z.unknown().optional(),
  invited: z.unknown().optional(),
  total: z.coerce.number().int().nonnegative().optional().catch(undefined),
});

/** An address, or something that has one. */
const wireAddress = z.union([
  z.string().min(1),
  z.object({ username: z.string().min(1) }).transform(({ username }) => username),
  z.object({ email: z.string().min(1) }).transform(({ email }) => email),
]);

const NOT_A_USER = /is not a valid user\.?$/iu;

/** Selecting anew for each user would cost more than it saves. */
const SELECTED_AT_ONCE = 50;

/**
 * Reads one answer of `getuserdata`. Its success is the presence of `Users`; it has no `status`. An unknown user arrives as
 * an empty list, an empty object or an error text, all with HTTP 200.
 * @throws LastPassRefusedError for any other error text; LastPassUnexpectedAnswerError naming the field.
 */
export async function fetchAccountPage(
  send: SendCommand,
  data: object,
  { wanted = EVERYBODY, onListed = () => undefined, index = 0, isUnpaged = false }: PageOptions = {},
): Promise<AccountPage> {
  const reader = new AccountPageReader(wanted, onListed);
  const onEntry: EntryListener = (field, key, value) => reader.read(field, key, value);
  const answer = await send('getuserdata', data, { onEntry, isUnpaged });
  return { ...reader.page(answer), index };
}

class AccountPageReader {
  readonly #wanted: Wanted;
  readonly #onListed: (userId: string) => void;
  readonly #users = new EntryReader('Users', wireUser);
  readonly #userGroups = new EntryReader('Users.groups', z.string());
  readonly #members = new EntryReader('Groups', wireAddress);
  readonly #invited = {
    Invited: new EntryReader('Invited', wireAddress),
    invited: new EntryReader('invited', wireAddress),
  };
  /** By address: the groups that list it. */
  readonly #memberships = new Map<string, string[]>();
  readonly #unreadable: UnreadableAccount[] = [];
  readonly #invitations: string[] = [];
  #kept: LastPassAccount[] = [];
  #undecided: LastPassAccount[] = [];

  constructor(wanted: Wanted, onListed: (userId: string) => void) {
    this.#wanted = wanted;
    this.#onListed = onListed;
  }

  read(field: ListedField, key: EntryKey, value: unknown): void {
    if (field === 'Users') this.#readUser(String(key), value);
    else if (field === 'Groups') this.#readGroup(String(key), value);
    else this.#readInvited(this.#invited[field], key, value);
  }

  /** Judges the answer, of which an entry may have been read before. */
  page(answer: Answer): Omit<AccountPage, 'index'> {
    if (answer.errors.length > 0) {
      if (!answer.errors.every((text) => NOT_A_USER.test(text))) throw refusalOf(answer);
      return { accounts: [], unreadable: [], invited: [], total: undefined };
    }
    if (answer.fields.Users === undefined && answer.status !== undefined) throw refusalOf(answer);
    const { total, ...listed } = parseAnswer(answer.command, wirePage, answer.fields);
    for (const field of FIELDS) for (const [key, value] of entriesIn(listed[field])) this.read(field, key, value);
    for (const reader of [this.#users, this.#members, ...Object.values(this.#invited), this.#userGroups])
      reader.tell(answer);
    this.#select();
    const accounts = this.#kept.map((account) => this.#withListedGroups(account));
    return { accounts, unreadable: this.#unreadable, invited: this.#invitations, total };
  }

  #readUser(key: string, value: unknown): void {
    const entry = this.#users.read(key, value);
    if (entry.kind === 'odd') {
      const unreadable = toUnreadable(entry);
      this.#onListed(key);
      if (this.#wanted.unreadable(unreadable)) this.#unreadable.push(unreadable);
      return;
    }
    const account = this.#toAccount(key, entry.value);
    this.#onListed(account.userId);
    this.#undecided.push(account);
    if (this.#undecided.length >= SELECTED_AT_ONCE) this.#select();
  }

  #select(): void {
    this.#kept = this.#wanted.accounts(this.#kept, this.#undecided);
    this.#undecided = [];
  }

  #readGroup(name: string, members: unknown): void {
    for (const [key, value] of entriesIn(members)) {
      const address = this.#addressIn(this.#members, key, value);
      if (address === undefined || !this.#wanted.membership(name, address)) continue;
      const groups = this.#memberships.get(address);
      if (groups) groups.push(name);
      else this.#memberships.set(address, [name]);
    }
  }

  #readInvited(reader: EntryReader<string>, key: EntryKey, value: unknown): void {
    const address = this.#addressIn(reader, key, value);
    if (address !== undefined && this.#wanted.invited(address)) this.#invitations.push(address);
  }

  #addressIn(reader: EntryReader<string>, key: EntryKey, value: unknown): string | undefined {
    const entry = reader.read(key, value);
    if (entry.kind === 'read') return entry.value;
    return entry.key.includes('@') ? entry.key : undefined;
  }

  #toAccount(key: string, user: WireUser): LastPassAccount {
    return {
      userId: isUserId(key) ? key : user.username,
      username: user.username,
      fullName: user.fullname || `${user.firstname} ${user.lastname}`.trim(),
      isDisabled: user.disabled,
      isAdmin: user.admin,
      // The guide has neither field; then nothing is claimed.
      hasNeverLoggedIn: user.neverloggedin ?? user.last_login === '',
      lastLogin: user.last_login || undefined,
      groups: entriesIn(user.groups).flatMap(([index, name]) => {
        const entry = this.#userGroups.read(index, name);
        return entry.kind === 'read' ? [entry.value] : [];
      }),
    };
  }

  #withListedGroups(account: LastPassAccount): LastPassAccount {
    return {
      ...account,
      groups: [...new Set([...account.groups, ...(this.#memberships.get(account.username) ?? [])])],
    };
  }
}

const FIELDS: readonly ListedField[] = ['Users', 'Groups', 'Invited', 'invited'];

const named = z.object({ username: z.string().min(1) });

function toUnreadable({ key, value, fault }: OddEntry): UnreadableAccount {
  // The guide's keys are addresses.
  const username = named.safeParse(value).data?.username ?? (key.includes('@') ? key : undefined);
  return { userId: isUserId(key) ? key : undefined, username, key, fault };
}

function isUserId(key: string): boolean {
  return /^\d+$/u.test(key);
}
