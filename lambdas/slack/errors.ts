/**
 * What can go wrong with Slack: one class per decision that a caller takes. No message carries a token, a secret, a
 * name or what was written to somebody.
 */

/** Slack gave no usable answer: network, timeout, throttling, an error page. Trying again later may help. */
export class SlackUnavailableError extends Error {
  override readonly name = 'SlackUnavailableError';
}

/** Slack understood and declined: wrong channel, missing scope, revoked token. Repeating it unchanged will not help. */
export class SlackRefusedError extends Error {
  override readonly name = 'SlackRefusedError';
}

/** The stored secret is not `{ "botToken": …, "signingSecret": … }`. Names the field, never the value. */
export class SlackSecretError extends Error {
  override readonly name = 'SlackSecretError';
}
