import * as z from 'zod';

/** The configured HR systems, as functions are told of them. */
export const hrSystemSchema = z.object({
  /** What the operator calls it: part of its webhook's address, of logs and metrics, and the source of its events. */
  name: z
    .string()
    .max(30, 'is longer than 30 characters')
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is not lower-case letters and digits with single hyphens between'),
  /** Which of `hr-sources.ts` understands it. */
  kind: z.string(),
  /** As the operator wrote them; its kind parses them where they are used. */
  settings: z.unknown(),
});
export type HrSystem = z.infer<typeof hrSystemSchema>;
