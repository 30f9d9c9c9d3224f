import * as z from 'zod';

/** How a case ended. `failed` is the only one that waits for a person; the others are complete in themselves. */
export const OUTCOME_KINDS = [
  'carried-out',
  'reinstated',
  'approval-expired',
  'undone',
  'withdrawn',
  'nobody-found',
  'invited-only',
  'failed',
] as const;

export const outcomeSchema = z.object({
  kind: z.enum(OUTCOME_KINDS),
  /** One sentence for people. */
  summary: z.string(),
  /** What LastPass itself showed, and when; absent where nothing was there to look at. */
  proof: z.object({ shown: z.string(), at: z.string() }).optional(),
  /** The state that failed, the name of its error, and what a person should do. */
  failure: z.object({ state: z.string(), error: z.string(), message: z.string() }).optional(),
});
export type Outcome = z.infer<typeof outcomeSchema>;
export type OutcomeKind = Outcome['kind'];

/** Outcomes after which the workflow ends as failed, so that alarms ring and the next delivery may take the case over. */
export function needsPerson(kind: OutcomeKind): boolean {
  return kind === 'failed';
}
