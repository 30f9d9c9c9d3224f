import * as z from 'zod';
import { TRANSLATED_SOURCE } from '../domain/hr-events/reporting-source.ts';
import { hrNotificationSchema, NOTIFICATION_SOURCE } from '../hr-sources/hr-notification.ts';
import type { HeartbeatStore } from './heartbeat-store.ts';
import type { WatchedSource } from './watched-source.ts';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const canonicalSchema = z.object({ metadata: z.object({ source: z.string() }) });

/** An event as a rule of the bus hands it on. */
export const heardEventSchema = z.object({ source: z.string(), time: moment, detail: z.unknown() });
type HeardEvent = z.infer<typeof heardEventSchema>;

interface NoteHrSourceDeps {
  readonly sources: readonly WatchedSource[];
  readonly clock: Pick<HeartbeatStore, 'hear'>;
  readonly now: () => Date;
}

/**
 * Notes that an HR system spoke, beside the way on which its leavers are handled: it must neither hold that up nor fail
 * with it. Whether the event makes sense is not asked here; one that is parked was heard, too.
 * Second run, and a replay of old events: the clock does not go backwards.
 */
export function noteHrSource({ sources, clock, now }: NoteHrSourceDeps) {
  return async (event: HeardEvent): Promise<{ readonly heard?: string }> => {
    const spoken = speakerOf(event);
    if (!spoken || !sources.some(({ system }) => system === spoken.system)) return {};
    // A producer may set the time of its events; one from the future would hide years of silence.
    await clock.hear(spoken.system, new Date(Math.min(spoken.at.getTime(), now().getTime())));
    return { heard: spoken.system };
  };
}

function speakerOf({ source, time, detail }: HeardEvent): { system: string; at: Date } | undefined {
  if (source === NOTIFICATION_SOURCE) {
    const notification = hrNotificationSchema.safeParse(detail).data;
    // Its own time: what an operator sends again was heard when it came first.
    return notification && { system: notification.system, at: new Date(notification.receivedAt) };
  }
  if (source !== TRANSLATED_SOURCE) return { system: source, at: time };
  const named = canonicalSchema.safeParse(detail).data?.metadata.source;
  return named === undefined ? undefined : { system: named, at: time };
}
