import * as z from 'zod';

/** A system that may report leavers, as the configuration has it. */
export const reportingSystemSchema = z.object({
  /** An EventBridge source, or the name of an HR system whose events are translated. */
  source: z.string(),
  /** Other systems for which it may speak. */
  speaksFor: z.array(z.string()).default([]),
});
export type ReportingSystem = z.infer<typeof reportingSystemSchema>;
