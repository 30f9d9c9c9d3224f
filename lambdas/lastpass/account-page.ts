import * as z from 'zod';
import type { LastPassAccount } from '../domain/lastpass-account.ts';
import { type OddEntry, readEntries } from './odd-entries.ts';
import { type Answer, parseAnswer, refusalOf } from './read-answer.ts';
import { wireFlag, wireLooseText, wireMap } from './wire-values.ts';

/** One answer of `getuserdata`. */
export interface AccountPage {
  readonly accounts: readonly LastPassAccount[];
  /** Users who are listed and could not be read. */
  readonly unreadable: readonly UnreadableAccount[];
  /** Addresses of people who were invited and have not enrolled: they are no users yet. */
  readonly invited: readonly string[];
  /** As LastPass counts; `undefined` where it does not say. */
  readonly total: number | undefined;
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

/**
 * Success of `getuserdata` is the presence of `Users`; it has no `status`. An unknown user arrives as an empty list,
 * an empty object or an error text, all with HTTP 200.
 * @throws LastPassRefusedError for any other error text; LastPassUnexpectedAnswerError naming the field.
 */
export function readAccountPage(answer: Answer): AccountPage {
  if (answer.errors.length > 0) {
    if (!answer.errors.every((text) => NOT_A_USER.test(text))) throw refusalOf(answer);
    return { accounts: [], unreadable: [], invited: [], total: undefined };
  }
  if (answer.fields.Users === undefined && answer.status !== undefined) throw refusalOf(answer);
  const { Users, Groups, Invited, invited, total } = parseAnswer(answer.command, wirePage, answer.fields);
  const users = readEntries(answer, 'Users', { container: Users, schema: wireUser });
  const groups = readEntries(answer, 'Groups', { container: Groups, schema: z.unknown() }).read.map(
    ([name, members]) => [name, addressesIn(answer, 'Groups', members)] as const,
  );
  return {
    accounts: users.read.map(([key, user]) => toAccount(answer, { key, user, groups })),
    unreadable: users.odd.map(toUnreadable),
    invited: [...addressesIn(answer, 'Invited', Invited), ...addressesIn(answer, 'invited', invited)],
    total,
  };
}

interface ListedUser {
  readonly key: string;
  readonly user: z.output<typeof wireUser>;
  readonly groups: readonly (readonly [name: string, members: readonly string[]])[];
}

function toAccount(answer: Answer, { key, user, groups }: ListedUser): LastPassAccount {
  const listedIn = groups.filter(([, members]) => members.includes(user.username)).map(([name]) => name);
  const own = readEntries(answer, 'Users.groups', { container: user.groups, schema: z.string() });
  return {
    userId: isUserId(key) ? key : user.username,
    username: user.username,
    fullName: user.fullname || `${user.firstname} ${user.lastname}`.trim(),
    isDisabled: user.disabled,
    isAdmin: user.admin,
    // The guide has neither field; then nothing is claimed.
    hasNeverLoggedIn: user.neverloggedin ?? user.last_login === '',
    lastLogin: user.last_login || undefined,
    groups: [...new Set([...own.read.map(([, name]) => name), ...listedIn])],
  };
}

const named = z.object({ username: z.string().min(1) });

function toUnreadable({ key, value, fault }: OddEntry): UnreadableAccount {
  // The guide's keys are addresses.
  const username = named.safeParse(value).data?.username ?? (key.includes('@') ? key : undefined);
  return { userId: isUserId(key) ? key : undefined, username, key, fault };
}

function isUserId(key: string): boolean {
  return /^\d+$/u.test(key);
}

function addressesIn(answer: Answer, field: string, container: unknown): readonly string[] {
  const { read, odd } = readEntries(answer, field, { container, schema: wireAddress });
  return [...read.map(([, address]) => address), ...odd.map(({ key }) => key).filter((key) => key.includes('@'))];
}
