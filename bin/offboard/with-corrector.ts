import * as z from 'zod';
import type { WholeEvent } from './corrected-event.ts';
import { MisuseError } from './errors.ts';
import { isNotification } from './notification-body.ts';

const TERMINATIONS: ReadonlySet<string> = new Set(['Employee Terminated', 'Employee Termination Rescheduled']);

const requestedSchema = z.looseObject({ data: z.looseObject({ requestedBy: z.looseObject({}).optional() }) });

/**
 * A corrected termination with its corrector as the one who asks for it, unless somebody else is named there: who
 * triggers a case must not decide it, and a corrected address decides whose account is disabled. A corrected webhook says
 * so of itself; what it comes to is only known once it is translated.
 * @throws MisuseError when `as` is no address, by which alone an approver can be ruled out
 */
export function withCorrector(event: WholeEvent, as: string): WholeEvent {
  if (isNotification(event)) return { ...event, detail: { ...event.detail, correctedBy: addressOf(as) } };
  const detail = requestedSchema.safeParse(event.detail);
  if (!TERMINATIONS.has(event['detail-type']) || !detail.success || detail.data.data.requestedBy) return event;
  const data = { ...detail.data.data, requestedBy: { email: addressOf(as) } };
  return { ...event, detail: { ...detail.data, data } };
}

function addressOf(as: string): string {
  const email = z.email().safeParse(as);
  if (email.success) return email.data;
  throw new MisuseError(
    '--as is no e-mail address; give your own, because who corrects a termination must not decide it',
  );
}
