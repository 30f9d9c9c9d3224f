import * as z from 'zod';
import { eventFaultSchema } from './hr-event.ts';

/** An event that cannot be handled, with why, and whole, so that it can be corrected and sent again. */
export const parkedEventSchema = z.object({
  /** SHA-256, hex, of the event's canonical JSON: the same event parked twice is one item. */
  parkedId: z.string(),
  parkedAt: z.string(),
  executionArn: z.string(),
  faults: z.array(eventFaultSchema).min(1),
  event: z.unknown(),
});
export type ParkedEvent = z.infer<typeof parkedEventSchema>;
