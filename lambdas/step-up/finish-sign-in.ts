import { randomUUID, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../domain/evidence.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import { hashLinkId } from '../domain/link-id.ts';
import type { CodeChallengeStore, SignInChallenge, SignInChallengeStore } from './challenge-store.ts';
import { SignInCancelledError, SignInRefusedError, SignInUnavailableError } from './errors.ts';
import { expiryFrom, TRIES_PER_CODE } from './issuing-limit.ts';
import type { OidcClient, SignedInPerson } from './oidc-client.ts';
import { createProof, sealSecret } from './one-time-code.ts';
import { readSignInCookie } from './sign-in-cookie.ts';

export interface FinishSignInDeps {
  readonly signIns: Pick<SignInChallengeStore, 'find' | 'use'>;
  readonly codes: Pick<CodeChallengeStore, 'find' | 'keep'>;
  readonly oidc: Pick<OidcClient, 'finish'>;
  /** Hears of every sign-in that failed at the provider; its errors hold no token and no claim. */
  readonly onSignInFault: (error: Error) => void;
  readonly now: () => Date;
}

interface SignInReturn {
  /** The callback's query, as it came. */
  readonly query: string;
  /** The request's cookies, each as `name=value`. */
  readonly cookies: readonly string[];
}

/** Why a sign-in confirms nothing. */
export type SignInProblem =
  /** Not started in this browser, or started anew since: wrong state, no cookie. */
  | 'unknown'
  | 'used'
  | 'expired'
  | 'cancelled'
  /** Signed in, but not as the approver, or with an address that the provider says is unverified. */
  | 'someone-else'
  | 'refused'
  | 'unavailable'
  /** A code was asked for at the same moment, and took the place. */
  | 'overtaken';

type SignInFinished =
  /** `proof` goes into the next page's form as its code; `confirmCode` takes it once, for the same submission. */
  | { readonly kind: 'signed-in'; readonly linkId: string; readonly form: string; readonly proof: string }
  | { readonly kind: SignInProblem; readonly linkId?: string };

/**
 * Takes a person back from the provider. Decides nothing: it only turns a sign-in of the right person into a proof,
 * which the page posts, so that following the address of this callback, by whatever, cannot decide.
 * Second run: the state is spent before the provider is asked, so a replayed callback is `used`.
 */
export async function finishSignIn(deps: FinishSignInDeps, back: SignInReturn): Promise<SignInFinished> {
  const query = new URLSearchParams(back.query);
  const cookie = readSignInCookie(back.cookies);
  if (cookie === undefined) return { kind: 'unknown' };
  const { linkId, browserKey } = cookie;
  const challenge = await deps.signIns.find(hashLinkId(linkId));
  const isOurs =
    isHashOf(challenge?.stateHash, query.getAll('state').join()) && isHashOf(challenge?.browserHash, browserKey);
  if (challenge === undefined || !isOurs) return { kind: 'unknown', linkId };
  if (challenge.usedAt !== undefined) return { kind: 'used', linkId };
  const now = deps.now().toISOString();
  if (challenge.expiresAt <= now) return { kind: 'expired', linkId };
  if (!(await deps.signIns.use(challenge, now))) return { kind: 'used', linkId };
  const person = await personOrProblem(deps, query, challenge);
  if (typeof person === 'string') return { kind: person, linkId };
  if (!isApprover(person, challenge)) return { kind: 'someone-else', linkId };
  const proof = await keepProof(deps, linkId, challenge);
  return proof === undefined
    ? { kind: 'overtaken', linkId }
    : { kind: 'signed-in', linkId, form: challenge.form, proof };
}

async function personOrProblem(
  { oidc, onSignInFault }: FinishSignInDeps,
  query: URLSearchParams,
  challenge: SignInChallenge,
): Promise<SignedInPerson | SignInProblem> {
  try {
    return await oidc.finish({ query, ...challenge });
  } catch (error) {
    if (error instanceof SignInCancelledError) return 'cancelled';
    if (!(error instanceof SignInRefusedError || error instanceof SignInUnavailableError)) throw error;
    onSignInFault(error);
    return error instanceof SignInRefusedError ? 'refused' : 'unavailable';
  }
}

function isApprover({ email, isEmailRefuted }: SignedInPerson, { approverEmail }: SignInChallenge): boolean {
  return email !== undefined && !isEmailRefuted && isSameAddress(email, approverEmail);
}

/** Puts a proof where the mailed code would be: everything that holds for a code then holds for it. */
async function keepProof(
  deps: FinishSignInDeps,
  linkId: string,
  { linkHash, caseId, submissionHash }: SignInChallenge,
): Promise<string | undefined> {
  const proof = createProof();
  const previous = await deps.codes.find(linkHash);
  const challenge = {
    challengeId: randomUUID(),
    linkHash,
    caseId,
    submissionHash,
    // No mail was sent, and the sign-in was counted when it started.
    issuedAt: previous?.issuedAt ?? [],
    expiresAt: expiryFrom(deps.now()),
    by: 'sign-in',
    triesLeft: TRIES_PER_CODE,
    ...(await sealSecret(linkId, proof)),
  } as const;
  return (await deps.codes.keep(challenge, previous)) ? proof : undefined;
}

function isHashOf(hash: string | undefined, text: string): boolean {
  return hash !== undefined && timingSafeEqual(Buffer.from(hash), Buffer.from(sha256(text)));
}
