import * as z from 'zod';
import { decidingApproverSchema } from './approver.ts';
import { CHOICES, CONTRACT_NAMES, type ContractName, effectOf, PROOFS } from './effect.ts';
import type { People } from './people.ts';
import { type Shortfall, shortfallOf, voteSchema } from './vote.ts';
import type { VotingRules } from './voting-rules.ts';

/** What was chosen, with who, when, how and what they were shown. Recorded once per case, never changed. */
export const decisionSchema = z.object({
  decisionId: z.string(),
  choice: z.enum(CHOICES),
  /** The effect in the words that the approvers read, so that the record means the same in ten years. */
  effect: z.object({ label: z.string(), meaning: z.string(), isReversible: z.boolean(), proof: z.enum(PROOFS) }),
  contract: z.enum(CONTRACT_NAMES),
  /** Who decided; where two had to agree, the second of them. HR has no address of its own. */
  approver: decidingApproverSchema.extend({ email: z.email().optional() }),
  /** `hr` is a withdrawn termination: HR's report reinstates, and nothing else. */
  via: z.enum(['page', 'slack', 'hr']),
  reason: z.string().optional(),
  decidedAt: z.string(),
  /** Every vote that made the decision, in order; none for HR's own. */
  votes: z.array(voteSchema),
});
export type Decision = z.infer<typeof decisionSchema>;

/** What a decision on record lacks to be carried out under the contract and rules in force. HR's own reinstates only. */
export function shortfallOfDecision(
  { choice, via, votes }: Pick<Decision, 'choice' | 'via' | 'votes'>,
  inForce: { readonly contract: ContractName; readonly rules: VotingRules; readonly people: People },
): Shortfall | undefined {
  if (via === 'hr' && choice === 'reinstate') return undefined;
  return shortfallOf(votes, { effect: effectOf(inForce.contract, choice, inForce.rules), people: inForce.people });
}
