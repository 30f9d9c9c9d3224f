import * as z from 'zod';
import { operatorSchema } from './operator.ts';

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
  /** Names of fields of HR's event that could not be read, and that disabling does without. */
  unread: z.array(z.string()).readonly().optional(),
  /** The producer's own key and clock: EventBridge's `id` changes when a producer sends again. */
  eventId: z.string(),
  /** The system whose termination it is, as AWS authenticated it: see `reportingSource`. */
  source: z.string(),
  /** Who says so, if that is an operator: they must not decide it. */
  operator: operatorSchema.optional(),
  /** By the producer's clock, ISO 8601 UTC; at the latest the moment of its arrival. */
  reportedAt: z.string(),
  /** By the producer's clock, where that ran ahead. */
  occurredAt: z.string().optional(),
});
export type Termination = z.infer<typeof terminationSchema>;
