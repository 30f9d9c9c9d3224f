import * as z from 'zod';

/** How a case ended. `failed` and `held-back` wait for a person; the others are complete in themselves. */
export const OUTCOME_KINDS = [
  'carried-out',
  'reinstated',
  'approval-expired',
  'undone',
  'withdrawn',
  'nobody-found',
  'ambiguous',
  'invited-only',
  'held-back',
  'failed',
] as const;

/** Why an account is not disabled without a person: it is configured as protected, or nobody else administers LastPass. */
export const HELD_BACK_FOR = ['protected account', 'last administrator'] as const;
export type HeldBackFor = (typeof HELD_BACK_FOR)[number];

export const outcomeSchema = z.object({
  kind: z.enum(OUTCOME_KINDS),
  /** One sentence for people. */
  summary: z.string(),
  /** What LastPass itself showed, and when; absent where nothing was there to look at. */
  proof: z.object({ shown: z.string(), at: z.string() }).optional(),
  /** Only of `held-back`. */
  heldBackFor: z.enum(HELD_BACK_FOR).optional(),
  /** What was parked for a person: putting it on the bus again takes the case up again. */
  parkedId: z.string().optional(),
  /** The state that failed, the name of its error, and what a person should do. */
  failure: z.object({ state: z.string(), error: z.string(), message: z.string() }).optional(),
});
export type Outcome = z.infer<typeof outcomeSchema>;
export type OutcomeKind = Outcome['kind'];

/** Outcomes after which the workflow ends as failed, so that alarms ring and the next delivery may take the case over. */
export function needsPerson(kind: OutcomeKind): boolean {
  return kind === 'failed' || kind === 'held-back';
}
