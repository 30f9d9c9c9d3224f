import { z } from 'zod';
import { NOTIFICATION_SOURCE } from '../../lambdas/hr-sources/hr-notification.ts';
import type { HrApiRead } from '../hr-systems/hr-api.ts';
import { LOCAL_HR_SYSTEMS } from '../hr-systems/local-hr-systems.ts';
import { line } from './story-line.ts';

const notificationSchema = z.object({ source: z.string(), detail: z.looseObject({ system: z.string().optional() }) });

const translationSchema = z.discriminatedUnion('route', [
  z.object({ route: z.literal(['translated', 'parked']), events: z.array(z.object({ detailType: z.string() })) }),
  z.object({ route: z.literal('nothing'), why: z.string() }),
]);

/** What a notification came to. Why something is parked is told by whoever knows the parked event. */
export function translationLines(at: number, output: unknown): readonly string[] {
  const translation = translationSchema.safeParse(output).data;
  if (translation?.route === 'nothing') return [line(at, TRANSLATION, `nothing to do: ${translation.why}`)];
  return (translation?.events ?? []).map(({ detailType }) => line(at, TRANSLATION, `"${detailType}" is on the bus`));
}

/** What an execution was started with, where that is a notification: it is on the bus because its signature is right. */
export function notificationLines(at: number, input: unknown): readonly string[] {
  const { source, detail } = notificationSchema.safeParse(input).data ?? {};
  if (source?.startsWith('aws.partner/')) return [line(at, 'Partner event', `came over ${source}`)];
  if (source !== NOTIFICATION_SOURCE) return [];
  // One that the run was given is called by its own name.
  const title = LOCAL_HR_SYSTEMS.find(({ name }) => name === detail?.system)?.title ?? detail?.system;
  return [line(at, 'Webhook', `${title} tells of a change; the signature is right`)];
}

/** A read of an HR system's API; without its query, which is long. */
export function hrApiReadLine({ system, request, status }: HrApiRead): string {
  const [read = ''] = request.split('?');
  const text = `${read} is answered ${status}`;
  return line(Date.now(), `${system.title} API`, text, status === 200 ? undefined : 'yellow');
}

const TRANSLATION = 'Translate notification';
