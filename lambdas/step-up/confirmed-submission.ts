import type { RESUME } from '../domain/brake/resume-request.ts';
import type { Choice } from '../domain/effect.ts';
import { canonicalJson, sha256 } from '../domain/evidence.ts';

/** What an approver sent from the page and now confirms, already validated against that page. */
export interface IrreversibleSubmission<Chosen = Choice | typeof RESUME.choice> {
  readonly choice: Chosen;
  readonly reason?: string | undefined;
  /** Hash of what the page showed. */
  readonly shownHash: string;
  /** Shared folders whose loss of their only administrator was acknowledged by name. */
  readonly acknowledgedFolders: readonly string[];
  /** That what must be kept of the vault has been transferred. */
  readonly attestsTransfer: boolean;
}

/**
 * SHA-256, hex, of everything that was submitted: a confirmation is good for this and nothing else.
 * The fields are picked one by one, so that a wider object hashes alike; the order of folders says nothing.
 */
export function submissionHashOf(submission: IrreversibleSubmission): string {
  const { choice, reason, shownHash, acknowledgedFolders, attestsTransfer } = submission;
  const folders = acknowledgedFolders.toSorted();
  return sha256(canonicalJson({ choice, reason: reason || null, shownHash, folders, attestsTransfer }));
}
