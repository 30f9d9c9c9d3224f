import * as z from 'zod';

/** A person who may decide a case. Effects that cannot be undone look at roles, so each approver has one. */
export const approverSchema = z.object({
  email: z.email(),
  displayName: z.string().min(1).max(120),
  role: z.string().min(1).max(60),
  /** Slack's id of the person, such as U024BE7LH: asked in Slack as well as by mail. */
  slackUserId: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'is not a Slack user id')
    .optional(),
  /** IANA zone in which the person is shown times and reminded; UTC unless given. */
  timeZone: z.string().min(1).max(64).optional(),
});

export type Approver = z.infer<typeof approverSchema>;

/** Somebody who is asked about a case, with who says that they may be: `configuration` does, HR only names a manager. */
export const decidingApproverSchema = approverSchema.extend({
  /** Absent from older cases. */
  namedBy: z.enum(['configuration', 'hr']).optional(),
  /** The absent approver whose deputy this is. */
  standsInFor: z.string().optional(),
});
export type DecidingApprover = z.infer<typeof decidingApproverSchema>;

/** The role of whoever HR names, and of nobody else: the configuration refuses it. */
export const MANAGER_ROLE = 'manager';

/** Nobody but HR speaks for them, so they decide nothing that cannot be undone. */
export function isNamedByHr({ namedBy, role }: Pick<DecidingApprover, 'namedBy' | 'role'>): boolean {
  return namedBy === undefined ? role === MANAGER_ROLE : namedBy === 'hr';
}
