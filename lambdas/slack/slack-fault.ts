import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { SlackRefusedError, SlackUnavailableError } from './errors.ts';

/** Slack's codes for a fault of its own, or for too many requests ("Web API errors"). */
const PASSING = new Set([
  'fatal_error',
  'internal_error',
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'service_unavailable',
]);

/** Slack's codes for a token that it does not take (any more). */
const UNAUTHORIZED = new Set(['account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'token_revoked']);

/** Whether Slack refused the token, so that reading the secret again may help. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && UNAUTHORIZED.has(codeOf(error) ?? '');
}

/** What a failed call means for the caller: try again later, or not. Slack's code is named, nothing that was sent is. */
export function faultOf(method: string, error: unknown): SlackUnavailableError | SlackRefusedError {
  if (error instanceof WebAPIPlatformError) return platformFault(method, error);
  if (error instanceof WebAPIRateLimitedError) {
    return new SlackUnavailableError(`${method}: Slack asks to wait ${error.retryAfter} s`, { cause: error });
  }
  if (error instanceof WebAPIHTTPError) {
    const what = `${method}: Slack answered with HTTP status ${error.statusCode}`;
    if (error.statusCode >= 500) return new SlackUnavailableError(what, { cause: error });
    return new SlackRefusedError(`${what}; check the address of Slack and any proxy before it`, { cause: error });
  }
  return new SlackUnavailableError(`${method}: no complete answer from Slack; what was sent may have arrived`, {
    cause: error,
  });
}

function platformFault(method: string, error: WebAPIPlatformError) {
  const code = codeOf(error);
  // The client puts a body that is no JSON where a code belongs; such a text must not travel on, not even as a cause.
  if (code === undefined) return new SlackUnavailableError(`${method}: Slack’s answer was not JSON`);
  if (PASSING.has(code)) return new SlackUnavailableError(`${method}: Slack answered ${code}`, { cause: error });
  return new SlackRefusedError(`${method}: Slack answered ${code}; its reference of ${method} says what to change`, {
    cause: error,
  });
}

function codeOf({ data }: WebAPIPlatformError): string | undefined {
  return /^[a-z0-9_]{1,60}$/.test(data.error) ? data.error : undefined;
}
