import * as z from 'zod';
import { approverSchema } from './approver.ts';
import { CHOICES } from './effect.ts';
import { isSameAddress } from './lastpass-account.ts';

/** What one approver chose, with what they were shown and what they vouched for. */
export const voteSchema = z.object({
  choice: z.enum(CHOICES),
  approver: approverSchema,
  via: z.enum(['page', 'slack']),
  reason: z.string().optional(),
  votedAt: z.string(),
  /** SHA-256, hex, of the facts and effects on the page that was submitted. */
  shownHash: z.string(),
  /** Folders left without an administrator, each acknowledged by name. */
  acknowledgedFolders: z.array(z.string()),
  /** The approver vouched that what must be kept of the vault has been transferred. */
  attestsTransfer: z.boolean(),
  /** How the approver proved to be themselves beyond holding the link. */
  stepUp: z.enum(['none', 'code', 'sign-in']),
});
export type Vote = z.infer<typeof voteSchema>;

/** What one more vote does to a case. */
export type Tally =
  | { readonly is: 'decided'; readonly by: readonly Vote[] }
  /** Counted; a second approver in another role must choose the same. */
  | { readonly is: 'proposed' }
  /** The second approver chose otherwise: nobody has decided, and everybody chooses again. */
  | { readonly is: 'disagreed' }
  | { readonly is: 'refused'; readonly why: 'same person' | 'same role' };

/**
 * Counts a vote. Where two approvals are needed, the two must be different people in different roles who choose the
 * same; a proposal stands until a second person agrees or disagrees.
 */
export function tally(proposal: Vote | undefined, vote: Vote, approvalsNeeded: 1 | 2): Tally {
  if (!proposal) return approvalsNeeded === 1 ? { is: 'decided', by: [vote] } : { is: 'proposed' };
  const isSamePerson = isSameAddress(proposal.approver.email, vote.approver.email);
  if (vote.choice !== proposal.choice) return isSamePerson ? changedMind(vote, approvalsNeeded) : { is: 'disagreed' };
  if (isSamePerson) return { is: 'refused', why: 'same person' };
  if (isSameRole(proposal, vote)) return { is: 'refused', why: 'same role' };
  return { is: 'decided', by: [proposal, vote] };
}

/** Whoever proposed may choose something else as long as nobody has agreed: that is no disagreement between two. */
function changedMind(vote: Vote, approvalsNeeded: 1 | 2): Tally {
  return approvalsNeeded === 1 ? { is: 'decided', by: [vote] } : { is: 'proposed' };
}

function isSameRole(one: Vote, other: Vote): boolean {
  return one.approver.role.trim().toLowerCase() === other.approver.role.trim().toLowerCase();
}
