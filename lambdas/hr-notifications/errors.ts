/** What can go wrong with receiving a webhook. Whatever it is, the HR system is told to send again. */

/** The stored secret of an HR system is not what its kind needs. Says which field is wrong and how, never the value. */
export class HrWebhookSecretError extends Error {
  override readonly name = 'HrWebhookSecretError';
}

/** EventBridge did not take the notification. */
export class NotificationNotTakenError extends Error {
  override readonly name = 'NotificationNotTakenError';
}
