import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BusEvent } from './bus-event.ts';
import { EventNotPutError } from './errors.ts';

/** The most entries that one call takes. */
const ENTRIES_PER_CALL = 10;

/**
 * Puts canonical events on the bus. Second run: they are there twice, and the second ones end as duplicates.
 * @throws EventNotPutError when EventBridge answers, but did not take all of them (it says so in a 200). Errors of the
 *   client pass through unchanged.
 */
export function canonicalEventPutter(options: {
  readonly client: Pick<EventBridgeClient, 'send'>;
  readonly busName: string;
}): (events: readonly BusEvent[]) => Promise<void> {
  return async (events) => {
    for (let from = 0; from < events.length; from += ENTRIES_PER_CALL) {
      const entries = events.slice(from, from + ENTRIES_PER_CALL).map((event) => ({
        EventBusName: options.busName,
        Source: event.source,
        DetailType: event['detail-type'],
        Detail: JSON.stringify(event.detail),
      }));
      const { Entries = [] } = await options.client.send(new PutEventsCommand({ Entries: entries }));
      const taken = Entries.filter(({ EventId, ErrorCode }) => EventId !== undefined && ErrorCode === undefined);
      if (taken.length === entries.length) continue;
      const code = Entries.find(({ ErrorCode }) => ErrorCode)?.ErrorCode ?? 'no event id';
      throw new EventNotPutError(`EventBridge refused ${entries.length - taken.length} of ${entries.length}: ${code}`);
    }
  };
}
