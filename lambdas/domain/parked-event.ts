import * as z from 'zod';
import { eventFaultSchema } from './hr-event.ts';

/** An account that may be the leaver's, and why: for the person who must choose, and nowhere else. */
export const candidateSchema = z.object({ username: z.string(), fullName: z.string(), why: z.string() });
export type Candidate = z.infer<typeof candidateSchema>;

/** An event that cannot be handled, with why, and whole, so that it can be corrected and sent again. */
export const parkedEventSchema = z.object({
  /** SHA-256, hex, of the event's canonical JSON: the same event parked twice is one item. */
  parkedId: z.string(),
  parkedAt: z.string(),
  executionArn: z.string(),
  faults: z.array(eventFaultSchema).min(1),
  event: z.unknown(),
  /** Only where nobody, or several, at LastPass have the leaver's address. */
  candidates: z.array(candidateSchema).optional(),
});
export type ParkedEvent = z.infer<typeof parkedEventSchema>;
