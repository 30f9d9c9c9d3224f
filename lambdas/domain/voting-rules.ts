import * as z from 'zod';

/** How an approver can prove that it is them, beyond holding the link. */
export const CONFIRMED_BY = ['code', 'sign-in'] as const;
export type ConfirmedBy = (typeof CONFIRMED_BY)[number];

/** What a company has configured about votes, beside the contract. */
export const votingRulesSchema = z.object({
  /** Irreversible choices for which one approver who signs in is enough; counts only where the vault is kept. */
  oneApproverWithSignIn: z.array(z.enum(['0', '1', '2'])).readonly(),
  /** Reinstating takes the typed address only. */
  reinstateWithoutCode: z.boolean(),
  /** What confirms a vote. Where the company's sign-in is used, a mailed code would be the easier way round it. */
  confirmedBy: z.array(z.enum(CONFIRMED_BY)).min(1).readonly(),
});
export type VotingRules = Readonly<z.infer<typeof votingRulesSchema>>;

/** Nothing is relaxed: what holds wherever nothing is configured. */
export const STRICT_RULES: VotingRules = {
  oneApproverWithSignIn: [],
  reinstateWithoutCode: false,
  confirmedBy: ['code'],
};
