import * as z from 'zod';

/** One thing that happened to a case. Written in the same conditional write as the change that it tells. */
export const timelineEntrySchema = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  step: z.string(),
  what: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export const timelineSchema = z.array(timelineEntrySchema);
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** A timeline with one more entry. */
export function appendTimeline(
  { timeline }: { readonly timeline: readonly TimelineEntry[] },
  entry: TimelineEntry,
): TimelineEntry[] {
  return [...timeline, entry];
}
