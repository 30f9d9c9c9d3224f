import * as z from 'zod';
import type { ParkedRecord } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { isPartnerEvent } from '../connection/send-again.ts';
import { eventSchema } from '../events/corrected-event.ts';
import { isNotification, withOpenBody } from '../events/notification-body.ts';

const kindSchema = z.object({ source: z.string().catch('not known'), 'detail-type': z.string().catch('not known') });

/** Who sent a parked event and as what, as far as it says so: the HR system and its own word for it, where one sent it. */
export function parkedKind({ event }: Pick<ParkedRecord, 'event'>): { source: string; detailType: string } {
  const { source = 'not known', 'detail-type': detailType = 'not known' } = kindSchema.safeParse(event).data ?? {};
  const whole = eventSchema.safeParse(event).data;
  if (whole && isPartnerEvent(whole)) return { source, detailType: vendorsWord(whole.detail) ?? detailType };
  if (!whole || !isNotification(whole)) return { source, detailType };
  const { system, body } = notificationSchema.parse(withOpenBody(whole).detail);
  return { source: system ?? source, detailType: vendorsWord(body) ?? detailType };
}

const word = z
  .string()
  .regex(/^[A-Za-z][\w.:/ -]{0,59}$/)
  .optional()
  .catch(undefined);
const notificationSchema = z.object({ system: word, body: z.unknown() });

/**
 * How the HR systems that are known here name what happened: HiBob and those like it, Gusto, PeopleForce, Okta. A word is
 * short and plain; anything else might be about a person, and is shown with --payload only.
 */
const wordsSchema = z.object({ type: word, event_type: word, action: word, eventType: word, event: word });

function vendorsWord(body: unknown): string | undefined {
  const said = wordsSchema.safeParse(body).data;
  return said?.type ?? said?.event_type ?? said?.action ?? said?.eventType ?? said?.event;
}
