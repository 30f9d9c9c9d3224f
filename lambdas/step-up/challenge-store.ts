import type { ConfirmedBy } from '../domain/voting-rules.ts';

/** What every way of confirming has: whose it is, what it confirms, until when, and whether it was used. */
export interface Challenge {
  readonly challengeId: string;
  /** Hash of the link's id: a challenge belongs to one link. */
  readonly linkHash: string;
  readonly caseId: string;
  /** The one submission that this confirms. */
  readonly submissionHash: string;
  /** Every issue on this link, oldest first, ISO 8601 UTC; limits how often a new one can be had. */
  readonly issuedAt: readonly string[];
  readonly expiresAt: string;
  readonly usedAt?: string | undefined;
}

/** A secret that confirms, stored sealed: the mailed code, or what a finished sign-in handed back. */
export interface CodeChallenge extends Challenge {
  readonly by: ConfirmedBy;
  readonly salt: string;
  readonly secretHash: string;
  readonly triesLeft: number;
}

/** A sign-in on its way to the provider and back. State and browser key are kept as hashes only. */
export interface SignInChallenge extends Challenge {
  readonly stateHash: string;
  readonly browserHash: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly startedAt: string;
  /** Who must turn out to have signed in. */
  readonly approverEmail: string;
  /** The posted form, URL-encoded as it came, for the page that follows. */
  readonly form: string;
}

/** One challenge of a kind for each link. Each write is one conditional write of one item. */
export interface ChallengeStore<Kind extends Challenge> {
  find(linkHash: string): Promise<Kind | undefined>;
  /**
   * Puts `next` in the place of `previous`, which is the link's challenge as it was just read, or `undefined`.
   * @returns `false` when another challenge was issued in between: then nothing was written
   */
  keep(next: Kind, previous: Kind | undefined): Promise<boolean>;
  /** Marks as used, once. `false` when it was used before, is over, or another one took its place. */
  use(challenge: Kind, usedAt: string): Promise<boolean>;
}

export interface CodeChallengeStore extends ChallengeStore<CodeChallenge> {
  /**
   * Takes one try before it is made, so that parallel guesses cannot have more than there are.
   * @returns the tries that are left after this one; `undefined` when this one cannot be had
   */
  spendTry(challenge: CodeChallenge, now: string): Promise<number | undefined>;
}

export type SignInChallengeStore = ChallengeStore<SignInChallenge>;
