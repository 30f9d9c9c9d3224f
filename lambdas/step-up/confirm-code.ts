import { hashLinkId } from '../domain/link-id.ts';
import type { ConfirmedBy } from '../domain/voting-rules.ts';
import type { CodeChallenge, CodeChallengeStore } from './challenge-store.ts';
import { type IrreversibleSubmission, submissionHashOf } from './confirmed-submission.ts';
import { isSealedSecret, readSecret } from './one-time-code.ts';

interface ConfirmCodeDeps {
  readonly codes: Pick<CodeChallengeStore, 'find' | 'spendTry' | 'use'>;
  readonly now: () => Date;
}

interface EnteredCode {
  readonly linkId: string;
  readonly caseId: string;
  /** What the page carried; must be what the code was asked for. */
  readonly submission: IrreversibleSubmission;
  /** The code as it was entered, or the proof that a finished sign-in handed back. */
  readonly code: string;
  /** What counts for this submission: a mailed code need not, where sign-ins are used. */
  readonly accepted: readonly ConfirmedBy[];
}

export type CodeChecked =
  | { readonly kind: 'confirmed'; readonly by: ConfirmedBy }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** Too old, never asked for, or replaced by a newer one. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'too-many' }
  /** Asked for another submission than the one that came with it. */
  | { readonly kind: 'mismatch' }
  /** A proof of a kind that does not count for this submission. */
  | { readonly kind: 'not accepted' }
  | { readonly kind: 'used' };

/**
 * Checks a code against the challenge of its link. What cannot be right anyway costs no try; everything else takes its
 * try before the comparison. Only `confirmed` permits to record the submission, and the same code never says it twice.
 * Second run: `used`, and the approver asks for a new code.
 */
export async function confirmCode(deps: ConfirmCodeDeps, entered: EnteredCode): Promise<CodeChecked> {
  const secret = readSecret(entered.code);
  if (secret === undefined) return { kind: 'malformed' };
  const linkHash = hashLinkId(entered.linkId);
  const now = deps.now().toISOString();
  const challenge = await deps.codes.find(linkHash);
  const obstacle = obstacleTo(challenge, entered, now);
  if (challenge === undefined || obstacle) return { kind: obstacle ?? 'expired' };
  const triesLeft = await deps.codes.spendTry(challenge, now);
  if (triesLeft === undefined) {
    // Somebody was faster: tell what has become of this challenge since it was read.
    const current = await deps.codes.find(linkHash);
    const isReplaced = current?.challengeId !== challenge.challengeId;
    return { kind: isReplaced ? 'expired' : (obstacleTo(current, entered, now) ?? 'too-many') };
  }
  if (!(await isSealedSecret(challenge, entered.linkId, secret))) {
    return triesLeft > 0 ? { kind: 'wrong', triesLeft } : { kind: 'too-many' };
  }
  const isFirst = await deps.codes.use(challenge, now);
  return isFirst ? { kind: 'confirmed', by: challenge.by } : { kind: 'used' };
}

/** Why a challenge can confirm nothing, whatever is entered. */
function obstacleTo(
  challenge: CodeChallenge | undefined,
  { caseId, submission, accepted }: EnteredCode,
  now: string,
): 'expired' | 'used' | 'mismatch' | 'not accepted' | 'too-many' | undefined {
  if (challenge === undefined) return 'expired';
  if (challenge.usedAt !== undefined) return 'used';
  if (challenge.expiresAt <= now) return 'expired';
  if (challenge.caseId !== caseId || challenge.submissionHash !== submissionHashOf(submission)) return 'mismatch';
  if (!accepted.includes(challenge.by)) return 'not accepted';
  return challenge.triesLeft > 0 ? undefined : 'too-many';
}
