import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type HrNotification, NOTIFICATION_DETAIL_TYPE, NOTIFICATION_SOURCE } from '../hr-sources/hr-notification.ts';
import { NotificationNotTakenError } from './errors.ts';

// EventBridge and Step Functions take 256 KiB; the envelope and what a state adds must fit beside it.
const MAX_DETAIL_BYTES = 224 * 1024;

/** Whether a notification fits on the bus. Quotation marks in a body take twice their room there. */
export function fitsOnBus(notification: HrNotification): boolean {
  return Buffer.byteLength(JSON.stringify(notification)) <= MAX_DETAIL_BYTES;
}

/**
 * Puts notifications on the bus, whole. Second run: the same notification is there twice; whatever it comes to ends as a
 * duplicate.
 * @throws NotificationNotTakenError when EventBridge answers, but did not take it (it says so in a 200). Errors of the
 *   client pass through unchanged.
 */
export function notificationPutter(options: {
  readonly client: Pick<EventBridgeClient, 'send'>;
  readonly busName: string;
}): (notification: HrNotification) => Promise<void> {
  return async (notification) => {
    const { Entries = [] } = await options.client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: options.busName,
            Source: NOTIFICATION_SOURCE,
            DetailType: NOTIFICATION_DETAIL_TYPE,
            Detail: JSON.stringify(notification),
          },
        ],
      }),
    );
    const [entry] = Entries;
    if (entry?.EventId !== undefined && entry.ErrorCode === undefined) return;
    throw new NotificationNotTakenError(`EventBridge refused the entry: ${entry?.ErrorCode ?? 'no event id'}`);
  };
}
