import * as z from 'zod';

/** A person who may decide a case. Irreversible effects look at roles, so each approver has one. */
export const approverSchema = z.object({
  email: z.email(),
  displayName: z.string().min(1).max(120),
  role: z.string().min(1).max(60),
});

export type Approver = z.infer<typeof approverSchema>;
