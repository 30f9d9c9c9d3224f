/** A notification was not taken. Says how it was answered. */
export class NotificationRefusedError extends Error {
  override readonly name = 'NotificationRefusedError';
}
