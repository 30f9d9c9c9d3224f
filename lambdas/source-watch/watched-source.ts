import * as z from 'zod';

/** A source of HR events that is expected to speak now and then. */
export const watchedSourceSchema = z.object({
  /** Name of an HR system in the configuration, or an EventBridge source. */
  system: z.string(),
  silentAfterDays: z.number().int().positive(),
});
export type WatchedSource = z.infer<typeof watchedSourceSchema>;
