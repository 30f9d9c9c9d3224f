import * as z from 'zod';
import { TIMELINE_CODES, TIMELINE_TEXTS, type WrittenCode } from './timeline-code.ts';

/** One thing that happened to a case. Written in the same conditional write as the change that it tells. */
export const timelineEntrySchema = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  step: z.string(),
  code: z.enum(TIMELINE_CODES),
  /** For people only. */
  what: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export const timelineSchema = z.array(timelineEntrySchema);
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** An entry as it is to be appended: its text follows from its code. */
export type NewEntry = Omit<TimelineEntry, 'code' | 'what'> & { readonly code: WrittenCode };

/** A timeline with one more entry. */
export function appendTimeline(
  { timeline }: { readonly timeline: readonly TimelineEntry[] },
  entry: NewEntry,
): TimelineEntry[] {
  return [...timeline, { ...entry, what: TIMELINE_TEXTS[entry.code] }];
}
