import { randomUUID } from 'node:crypto';
import { sha256 } from '../domain/evidence.ts';
import { hashLinkId } from '../domain/link-id.ts';
import type { SignInChallengeStore } from './challenge-store.ts';
import { type IrreversibleSubmission, submissionHashOf } from './confirmed-submission.ts';
import { SignInUnavailableError } from './errors.ts';
import { expiryFrom, issueAnother } from './issuing-limit.ts';
import type { OidcClient } from './oidc-client.ts';
import { createBrowserKey, signInCookie } from './sign-in-cookie.ts';

export interface StartSignInDeps {
  readonly signIns: Pick<SignInChallengeStore, 'find' | 'keep'>;
  readonly oidc: Pick<OidcClient, 'prepare'>;
  readonly onSignInFault: (error: Error) => void;
  readonly now: () => Date;
}

interface SignInRequest {
  readonly linkId: string;
  readonly caseId: string;
  readonly submission: IrreversibleSubmission;
  /** The body of the post, URL-encoded as it came. */
  readonly form: string;
  readonly approverEmail: string;
}

type SignInStarted =
  /** `url` is the provider's; `cookie` is a `Set-Cookie` header without which the way back is refused. */
  | { readonly kind: 'started'; readonly url: string; readonly cookie: string }
  | { readonly kind: 'just-started' }
  | { readonly kind: 'too-often'; readonly retryAt?: string }
  | { readonly kind: 'unavailable' };

/**
 * Prepares a sign-in that confirms this submission. Every start counts, whoever then signs in: at most five within an
 * hour and twenty for a link. Second run: a new sign-in, which replaces the one before.
 */
export async function startSignIn(deps: StartSignInDeps, request: SignInRequest): Promise<SignInStarted> {
  const { linkId, caseId, submission, form, approverEmail } = request;
  const linkHash = hashLinkId(linkId);
  const now = deps.now();
  const previous = await deps.signIns.find(linkHash);
  const issue = issueAnother(previous, now);
  if (issue.kind === 'too-often') return issue;
  const prepared = await prepareOrTell(deps);
  if (prepared === undefined) return { kind: 'unavailable' };
  const { url, state, nonce, codeVerifier } = prepared;
  const browserKey = createBrowserKey();
  const challenge = {
    challengeId: randomUUID(),
    linkHash,
    caseId,
    submissionHash: submissionHashOf(submission),
    issuedAt: issue.issuedAt,
    startedAt: now.toISOString(),
    expiresAt: expiryFrom(now),
    // Random beyond guessing, unlike a code: a plain hash is enough.
    stateHash: sha256(state),
    browserHash: sha256(browserKey),
    nonce,
    codeVerifier,
    approverEmail,
    form,
  };
  if (!(await deps.signIns.keep(challenge, previous))) return { kind: 'just-started' };
  return { kind: 'started', url, cookie: signInCookie({ linkId, browserKey }) };
}

async function prepareOrTell({ oidc, onSignInFault }: StartSignInDeps) {
  try {
    return await oidc.prepare();
  } catch (error) {
    if (!(error instanceof SignInUnavailableError)) throw error;
    onSignInFault(error);
    return undefined;
  }
}
