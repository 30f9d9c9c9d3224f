import * as z from 'zod';
import { approverSchema } from './approver.ts';
import { CHOICES, CONTRACT_NAMES } from './effect.ts';

/** What an approver chose, with who, when, how and what they were shown. Recorded once per case, never changed. */
export const decisionSchema = z.object({
  decisionId: z.string(),
  choice: z.enum(CHOICES),
  /** The effect in the words that the approver read, so that the record means the same in ten years. */
  effect: z.object({ label: z.string(), meaning: z.string(), isReversible: z.boolean(), proof: z.string() }),
  contract: z.enum(CONTRACT_NAMES),
  approver: approverSchema,
  via: z.literal('page'),
  reason: z.string().optional(),
  decidedAt: z.string(),
  /** SHA-256, hex, of the facts and effects on the page that was submitted. */
  shownHash: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;
