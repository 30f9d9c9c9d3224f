import * as z from 'zod';
import { nameOfOperator, type Operator } from '../../../lambdas/domain/operator.ts';
import type { BusEvent } from '../events/corrected-event.ts';
import { isNotification } from '../events/notification-body.ts';
import { MisuseError } from '../options/errors.ts';

const TERMINATIONS: ReadonlySet<string> = new Set(['Employee Terminated', 'Employee Termination Rescheduled']);

const requestedSchema = z.looseObject({ data: z.looseObject({ requestedBy: z.looseObject({}).optional() }) });

/**
 * A corrected termination with its corrector's address, unless somebody else is named there: who triggers a case must not
 * decide it, and where their identity at AWS has another name than their mailbox, only the address rules them out. A
 * corrected webhook says so of itself; what it comes to is only known once it is translated.
 * @throws MisuseError when a webhook is corrected by somebody whose address is not known
 */
export function withRequester(
  event: BusEvent,
  { operator, email }: { readonly operator: Operator; readonly email: string | undefined },
): BusEvent {
  if (isNotification(event))
    return { ...event, detail: { ...event.detail, correctedBy: email ?? addressOf(operator) } };
  const detail = requestedSchema.safeParse(event.detail);
  if (email === undefined || !TERMINATIONS.has(event['detail-type']) || !detail.success || detail.data.data.requestedBy)
    return event;
  const data = { ...detail.data.data, requestedBy: { email } };
  return { ...event, detail: { ...detail.data, data } };
}

/** Single sign-on names a session after its user's address; nobody else's name is one. */
function addressOf({ arn }: Operator): string {
  const email = z.email().safeParse(nameOfOperator(arn));
  if (email.success) return email.data;
  throw new MisuseError('--as is missing; give your own address, because who corrects a webhook must not decide it');
}
