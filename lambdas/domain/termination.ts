import * as z from 'zod';

/** What HR says about one termination of one leaver, parsed, with its moment settled. */
export const terminationSchema = z.object({
  terminationId: z.string(),
  employeeId: z.string(),
  workEmail: z.string(),
  displayName: z.string(),
  manager: z.object({ email: z.string(), displayName: z.string() }).optional(),
  /** Who triggered the case, if the source says so: they must not decide it. */
  requestedBy: z.string().optional(),
  /** ISO 8601 UTC; for an immediate termination, the moment of HR's report. */
  lastWorkingMoment: z.string(),
  /** IANA zone in which people read the times of this case. */
  timeZone: z.string(),
  isImmediate: z.boolean(),
  reason: z.string().optional(),
  /** The producer's own key and clock: EventBridge's `id` changes when a producer sends again. */
  eventId: z.string(),
  /** The system that reports it, as AWS authenticated it: see `reportingSource`. */
  source: z.string(),
  reportedAt: z.string(),
});
export type Termination = z.infer<typeof terminationSchema>;
