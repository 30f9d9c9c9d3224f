import * as z from 'zod';
import type { LastPassAccount } from '../domain/lastpass-account.ts';
import { type Answer, parseAnswer, refusalOf } from './read-answer.ts';
import { wireFlag, wireMap, wireText, wireTextList } from './wire-values.ts';

/** One answer of `getuserdata`. */
export interface AccountPage {
  readonly accounts: readonly LastPassAccount[];
  /** Addresses of people who were invited and have not enrolled: they are no users yet. */
  readonly invited: readonly string[];
  /** As LastPass counts; `undefined` where it does not say. */
  readonly total: number | undefined;
}

// lastpass-contract.md section a.1. The guide knows first and last names instead of `fullname`, and no login fields.
const wireUser = z.object({
  username: z.string().min(1),
  fullname: wireText,
  firstname: wireText,
  lastname: wireText,
  disabled: wireFlag,
  admin: wireFlag,
  neverloggedin: wireFlag.optional(),
  last_login: z.string().nullish(),
  groups: wireTextList,
});

const wirePage = z.object({
  Users: wireMap(wireUser),
  Groups: wireMap(wireTextList).nullish(),
  Invited: wireTextList,
  invited: wireTextList,
  total: z.coerce.number().int().nonnegative().optional().catch(undefined),
});

const NOT_A_USER = /is not a valid user\.?$/iu;

/**
 * Success of `getuserdata` is the presence of `Users`; it has no `status`. An unknown user arrives as an empty list,
 * an empty object or an error text, all with HTTP 200.
 * @throws LastPassRefusedError for any other error text; LastPassUnexpectedAnswerError naming the field.
 */
export function readAccountPage(answer: Answer): AccountPage {
  if (answer.errors.length > 0) {
    if (!answer.errors.every((text) => NOT_A_USER.test(text))) throw refusalOf(answer);
    return { accounts: [], invited: [], total: undefined };
  }
  if (answer.fields.Users === undefined && answer.status !== undefined) throw refusalOf(answer);
  const page = parseAnswer(answer.command, wirePage, answer.fields);
  const accounts = Object.entries(page.Users).map(([key, user]) => toAccount(key, user, page.Groups ?? {}));
  return { accounts, invited: [...page.Invited, ...page.invited], total: page.total };
}

function toAccount(
  key: string,
  user: z.output<typeof wireUser>,
  groups: Readonly<Record<string, readonly string[]>>,
): LastPassAccount {
  const listedIn = Object.entries(groups).filter(([, members]) => members.includes(user.username));
  return {
    userId: /^\d+$/u.test(key) ? key : user.username,
    username: user.username,
    fullName: user.fullname || `${user.firstname} ${user.lastname}`.trim(),
    isDisabled: user.disabled,
    isAdmin: user.admin,
    // The guide has neither field; then nothing is claimed.
    hasNeverLoggedIn: user.neverloggedin ?? user.last_login === '',
    lastLogin: user.last_login || undefined,
    groups: [...new Set([...user.groups, ...listedIn.map(([name]) => name)])],
  };
}
