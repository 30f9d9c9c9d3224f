import * as z from 'zod';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import { NOTIFICATION_SOURCE } from '../../../lambdas/hr-sources/hr-notification.ts';
import { parsedJson } from '../options/parsed-json.ts';
import type { BusEvent } from './corrected-event.ts';

const objectSchema = z.record(z.string(), z.unknown());

/** Whether an event is a webhook's delivery, whose body is a text within it. */
export function isNotification({ source }: Pick<BusEvent, 'source'>): boolean {
  return source === NOTIFICATION_SOURCE;
}

/** A webhook's delivery with its body as the JSON that it is; unchanged where it is none, as a form is. */
export function withOpenBody(event: BusEvent): BusEvent {
  const { body } = event.detail;
  if (!isNotification(event) || typeof body !== 'string') return event;
  const opened = parsedJson(body);
  return objectSchema.safeParse(opened).success ? { ...event, detail: { ...event.detail, body: opened } } : event;
}

/** The same with its body as text again, as it goes on the bus. */
export function withClosedBody(event: BusEvent): BusEvent {
  const { body } = event.detail;
  if (!isNotification(event) || typeof body !== 'object' || body === null) return event;
  return { ...event, detail: { ...event.detail, body: jsonText(body) } };
}
