import * as z from 'zod';
import { type DecidingApprover, decidingApproverSchema, isNamedByHr } from './approver.ts';
import { CHOICES, type Effect } from './effect.ts';
import type { People } from './people.ts';
import { CONFIRMED_BY, type VotingRules } from './voting-rules.ts';

/** What one approver chose, with what they were shown and what they vouched for. */
export const voteSchema = z.object({
  choice: z.enum(CHOICES),
  approver: decidingApproverSchema,
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
  stepUp: z.enum(['none', ...CONFIRMED_BY]),
});
export type Vote = z.infer<typeof voteSchema>;

/** Whoever votes, as the vote keeps them. */
export function signatureOf(approver: DecidingApprover): DecidingApprover {
  const { email, displayName, role, slackUserId, namedBy, standsInFor } = approver;
  const known = {
    ...(slackUserId && { slackUserId }),
    ...(namedBy && { namedBy }),
    ...(standsInFor && { standsInFor }),
  };
  return { email, displayName, role, ...known };
}

/** What counting asks of a vote, whatever it is about. */
interface Ballot {
  readonly choice: string;
  readonly approver: DecidingApprover;
  readonly stepUp: Vote['stepUp'];
}

/** What counting asks of what is voted about. */
type Countable = Pick<Effect, 'approvalsNeeded' | 'isReversible' | 'stepUp'> & { readonly choice: string };

/** What one more vote does to a case. */
type Tally<Cast extends Ballot = Vote> =
  | { readonly kind: 'decided'; readonly by: readonly Cast[] }
  /** Counted; a second approver in another role must choose the same. */
  | { readonly kind: 'proposed' }
  /** The second approver chose otherwise: nobody has decided, and everybody chooses again. */
  | { readonly kind: 'disagreed' }
  | { readonly kind: 'refused'; readonly why: VoteRefusal };

/** Why a vote does not count. */
export type VoteRefusal = 'same person' | 'same role' | 'named by HR' | 'conflict of interest' | 'link closed';

/**
 * Counts a vote. Where two approvals are needed, the two must be different people in different roles who choose the
 * same; a proposal stands until a second person agrees or disagrees. Whoever only HR names counts for nothing that
 * cannot be undone.
 */
export function tally<Cast extends Ballot>(
  proposal: Cast | undefined,
  vote: Cast,
  { effect, people }: { effect: Pick<Countable, 'approvalsNeeded' | 'isReversible'>; people: People },
): Tally<Cast> {
  if (!effect.isReversible && isNamedByHr(vote.approver)) return { kind: 'refused', why: 'named by HR' };
  const alone: Tally<Cast> = effect.approvalsNeeded === 1 ? { kind: 'decided', by: [vote] } : { kind: 'proposed' };
  if (!proposal) return alone;
  const isSamePerson = people.isSame(proposal.approver, vote.approver);
  // Whoever proposed may change their mind as long as nobody has agreed: that is no disagreement between two.
  if (vote.choice !== proposal.choice) return isSamePerson ? alone : { kind: 'disagreed' };
  // One is enough by now, whatever it took when the first approval was given.
  if (effect.approvalsNeeded === 1) return alone;
  if (isSamePerson) return { kind: 'refused', why: 'same person' };
  if (isSameRole(proposal, vote)) return { kind: 'refused', why: 'same role' };
  return { kind: 'decided', by: [proposal, vote] };
}

/** Why votes do not make up the decision for an effect. */
export type Shortfall =
  | 'too few votes'
  | 'another choice'
  | 'same person'
  | 'same role'
  | 'named by HR'
  | 'not confirmed';

/**
 * What votes lack to decide an effect; `undefined` where they suffice. Asked when a decision is recorded, and once more
 * before it is carried out, because the record may come from an older version or from other rules.
 */
export function shortfallOf(
  votes: readonly Ballot[],
  { effect, people }: { effect: Countable; people: People },
): Shortfall | undefined {
  const [first, second] = votes;
  if (first === undefined || votes.length < effect.approvalsNeeded) return 'too few votes';
  if (votes.some(({ choice }) => choice !== effect.choice)) return 'another choice';
  // Two who agree need no more each than two always need, also where one would suffice by a sign-in.
  const stepUp = second && effect.stepUp === 'sign-in' ? 'any' : effect.stepUp;
  if (!votes.every((vote) => isConfirmedFor({ stepUp }, vote))) return 'not confirmed';
  if (!effect.isReversible && votes.some(({ approver }) => isNamedByHr(approver))) return 'named by HR';
  if (second === undefined) return undefined;
  if (people.isSame(first.approver, second.approver)) return 'same person';
  return isSameRole(first, second) ? 'same role' : undefined;
}

/** Whether an approver brought, besides the link, what an effect asks for. */
export function isConfirmedFor({ stepUp }: Pick<Effect, 'stepUp'>, vote: Pick<Ballot, 'stepUp'>): boolean {
  switch (stepUp) {
    case 'none':
      return true;
    case 'any':
      return vote.stepUp !== 'none';
    case 'sign-in':
      return vote.stepUp === 'sign-in';
  }
}

/** However a vote was cast: by what counts now, and enough for its effect. */
export function isConfirmedUnder(
  { confirmedBy }: VotingRules,
  effect: Pick<Countable, 'stepUp'>,
  vote: Pick<Ballot, 'stepUp'>,
): boolean {
  return isConfirmedFor(effect, vote) && (vote.stepUp === 'none' || confirmedBy.includes(vote.stepUp));
}

function isSameRole(one: Ballot, other: Ballot): boolean {
  return one.approver.role.trim().toLowerCase() === other.approver.role.trim().toLowerCase();
}
