import * as z from 'zod';

/** How a verified webhook delivery goes on the bus: whole and untouched, so that it can be read again later. */
export const NOTIFICATION_DETAIL_TYPE = 'HR Notification Received';
/** EventBridge source of webhook deliveries; only the receiving function may put it. */
export const NOTIFICATION_SOURCE = 'lastpass-offboarding.webhook';

export const hrNotificationSchema = z.object({
  /** Name of the HR system in the configuration. */
  system: z.string(),
  /** SHA-256, hex, of the raw body: the same for each delivery of the same notification. */
  deliveryId: z.string(),
  /** ISO 8601 UTC. */
  receivedAt: z.string(),
  /** The body as text, exactly as it was signed, or as it was corrected. */
  body: z.string(),
  /** Address of whoever corrected the body before it was sent again: they trigger what it comes to. */
  correctedBy: z.email().optional(),
});
export type HrNotification = z.infer<typeof hrNotificationSchema>;
