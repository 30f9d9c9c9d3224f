import * as z from 'zod';
import { decidingApproverSchema } from '../approver.ts';
import { operatorSchema } from '../operator.ts';
import { CONFIRMED_BY } from '../voting-rules.ts';

/** What resuming is to whoever confirms it. It takes what the gravest effect takes: two people, two roles, each proved. */
export const RESUME = {
  choice: 'resume',
  label: 'Resume removing and deleting accounts',
  meaning: 'Approvers may again choose what cannot be undone, and what was decided before is carried out.',
  isReversible: false,
  approvalsNeeded: 2,
  stepUp: 'any',
} as const;

/** Long enough for a weekend; after that the facts are to be looked at anew. */
export const REQUEST_LASTS_MS = 72 * 3_600_000;

/** One approver's word that deletes may resume, with what they were shown. */
export const confirmationSchema = z.object({
  choice: z.literal(RESUME.choice),
  approver: decidingApproverSchema,
  confirmedAt: z.string(),
  /** SHA-256, hex, of the facts on the page that was submitted. */
  shownHash: z.string(),
  stepUp: z.enum(CONFIRMED_BY),
});
export type Confirmation = z.infer<typeof confirmationSchema>;

/** A decision that is carried out once deletes resume. */
const waitingSchema = z.object({
  caseId: z.string(),
  displayName: z.string(),
  effect: z.string(),
});

/** An operator's request to resume deletes. */
export const resumeRequestSchema = z.object({
  requestId: z.string(),
  by: operatorSchema,
  /** The operator's own address, where it is not the name of their session. */
  requestedBy: z.email().optional(),
  reason: z.string(),
  expiresAt: z.string(),
  /** What waited when it was asked for: the first of them by name, and how many. */
  waiting: z.object({ count: z.int().nonnegative(), first: z.array(waitingSchema) }),
  /** Who the leavers were that led to it: which systems reported how many, and the first by name. None where an operator paused. */
  leavers: z.object({
    sources: z.array(z.object({ source: z.string(), count: z.int().positive() })),
    first: z.array(z.string()),
  }),
  /** Who may confirm, as of then; absent until the first of them is asked. */
  asked: z.object({ at: z.string(), approvers: z.array(decidingApproverSchema) }).optional(),
  confirmations: z.array(confirmationSchema),
});
export type ResumeRequest = z.infer<typeof resumeRequestSchema>;

/** What a link to such a request is about, in the place of a case. */
export const RESUME_LINK = 'brake-resume';

/** A request that may still be confirmed. */
export function isOpen({ expiresAt }: ResumeRequest, now: Date): boolean {
  return now.toISOString() < expiresAt;
}
