import * as z from 'zod';
import { operatorSchema } from '../operator.ts';
import { confirmationSchema, resumeRequestSchema } from './resume-request.ts';

/** Why deletes are paused. */
const causeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('surge'),
    /** Leavers of the hour before, when there were more than the limit for the first time. */
    leavers: z.int().positive(),
    limit: z.int().positive(),
    /** Their cases, as they were counted. */
    caseIds: z.array(z.string()).readonly(),
  }),
  z.object({ kind: z.literal('operator'), by: operatorSchema, reason: z.string() }),
]);
export type PauseCause = z.infer<typeof causeSchema>;

/**
 * One time that nothing irreversible is decided or carried out, from its cause to its end. Kept for good: it is the
 * evidence of who let deletes resume, and of what they were shown.
 */
export const pauseSchema = z.object({
  /** The first is 1; leavers are counted anew after each. */
  number: z.int().positive(),
  version: z.int().positive(),
  pausedAt: z.string(),
  cause: causeSchema,
  request: resumeRequestSchema.optional(),
  /** Requests that came to nothing: another one or another pause took their place. */
  formerRequests: z.array(resumeRequestSchema),
  resumed: z.object({ at: z.string(), confirmations: z.array(confirmationSchema) }).optional(),
  /** Who has heard of what, each once. */
  told: z.array(z.string()),
});
export type Pause = z.infer<typeof pauseSchema>;

/** Whether deletes resume. What cannot be read counts as paused. */
export type Brake =
  | { readonly kind: 'off' }
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'unreadable' };

/** For what is shown to people before anybody looks, and where only what can be undone is at stake. */
export const BRAKE_OFF: Brake = { kind: 'off' };

/** The pause that stands, of the latest there was. */
export function standing(latest: Pause | undefined): Pause | undefined {
  return latest?.resumed ? undefined : latest;
}

/** The next pause. */
export function pauseAfter(latest: Pause | undefined, cause: PauseCause, at: string): Pause {
  const number = (latest?.number ?? 0) + 1;
  return { number, version: 1, pausedAt: at, cause, formerRequests: [], told: [] };
}

/** The pause with another request in the place of the one it had, or with none. */
export function withRequest(pause: Pause, request: Pause['request']): Pause {
  const { request: former, ...rest } = pause;
  return {
    ...rest,
    ...(request && { request }),
    formerRequests: [...pause.formerRequests, ...(former ? [former] : [])],
  };
}
