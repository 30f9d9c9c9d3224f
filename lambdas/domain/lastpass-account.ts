/** One LastPass user as `getuserdata` shows it (docs/lastpass-contract.md section a.1), nulls and casing already settled. */
export interface LastPassAccount {
  /** LastPass's numeric user id, as a string; under the guide's contract, the address. */
  readonly userId: string;
  /** The address as LastPass spells it: the one to send in later commands. */
  readonly username: string;
  readonly fullName: string;
  readonly isDisabled: boolean;
  readonly isAdmin: boolean;
  readonly hasNeverLoggedIn: boolean;
  /** `YYYY-MM-DD HH:MM:SS` in a zone that LastPass does not document; `undefined` when never logged in. */
  readonly lastLogin: string | undefined;
  readonly groups: readonly string[];
}

/** What a look-up found. An invited person who has not enrolled yet is no user: only the invitation exists. */
export type AccountLookup =
  | { readonly kind: 'listed'; readonly account: LastPassAccount }
  | { readonly kind: 'invited'; readonly username: string }
  | { readonly kind: 'nobody' };

/** Two addresses name the same user: trimmed, compared without regard to case (docs/lastpass-contract.md section c.26). */
export function isSameAddress(one: string, other: string): boolean {
  return addressKey(one) === addressKey(other);
}

/** Equal for addresses that name the same user: for sets of thousands. */
export function addressKey(address: string): string {
  return address.trim().toLowerCase();
}
