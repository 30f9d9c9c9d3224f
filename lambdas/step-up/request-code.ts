import { randomUUID } from 'node:crypto';
import { hashLinkId } from '../domain/link-id.ts';
import type { Mail, Mailer } from '../mail/mailer.ts';
import type { CodeChallengeStore } from './challenge-store.ts';
import { type IrreversibleSubmission, submissionHashOf } from './confirmed-submission.ts';
import { expiryFrom, issueAnother, TRIES_PER_CODE } from './issuing-limit.ts';
import { createCode, sealSecret } from './one-time-code.ts';

export interface RequestCodeDeps {
  readonly codes: Pick<CodeChallengeStore, 'find' | 'keep'>;
  readonly mailer: Mailer;
  /** The mail could not be handed over. */
  readonly onMailFault: (error: unknown) => void;
  readonly now: () => Date;
}

interface CodeRequest {
  readonly linkId: string;
  readonly caseId: string;
  readonly submission: IrreversibleSubmission;
  /** The approver's own mailbox. */
  readonly mailbox: string;
  /** The words around the code. */
  readonly compose: (sent: { readonly code: string; readonly expiresAt: string }) => Omit<Mail, 'to'>;
}

export type CodeRequested =
  | { readonly kind: 'sent'; readonly expiresAt: string }
  /** Another request of the same moment was faster, and its code is on its way. */
  | { readonly kind: 'just-sent' }
  | { readonly kind: 'too-often'; readonly retryAt?: string }
  | { readonly kind: 'not-sent' };

/**
 * Mails a code that confirms this submission. It replaces the code before it, also when that confirmed another one.
 * Second run: a new code; at most five within an hour and twenty for a link.
 */
export async function requestCode(deps: RequestCodeDeps, request: CodeRequest): Promise<CodeRequested> {
  const { linkId, caseId, submission, mailbox, compose } = request;
  const linkHash = hashLinkId(linkId);
  const now = deps.now();
  const previous = await deps.codes.find(linkHash);
  const issue = issueAnother(previous, now);
  if (issue.kind === 'too-often') return issue;
  const code = createCode();
  const expiresAt = expiryFrom(now);
  const challenge = {
    challengeId: randomUUID(),
    linkHash,
    caseId,
    submissionHash: submissionHashOf(submission),
    issuedAt: issue.issuedAt,
    expiresAt,
    by: 'code',
    triesLeft: TRIES_PER_CODE,
    ...(await sealSecret(linkId, code)),
  } as const;
  // Kept before it is sent, so that a code in a mailbox always works.
  if (!(await deps.codes.keep(challenge, previous))) return { kind: 'just-sent' };
  try {
    await deps.mailer.send({ to: mailbox, ...compose({ code, expiresAt }) });
  } catch (error) {
    deps.onMailFault(error);
    return { kind: 'not-sent' };
  }
  return { kind: 'sent', expiresAt };
}
