import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { SignInCancelledError, SignInRefusedError, SignInUnavailableError } from './errors.ts';

/** Codes of openid-client that say something of the way there, not of the sign-in. */
const UNREACHABLE = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

/** OAuth's words for a client that the provider does not take: our configuration, not the person (RFC 6749, 4.1.2.1 and 5.2). */
const OUR_FAULT = ['invalid_client', 'unauthorized_client', 'server_error', 'temporarily_unavailable'];

type SignInError = SignInCancelledError | SignInRefusedError | SignInUnavailableError;

/**
 * An error of the sign-in, by what to do about it. The original is no `cause`: openid-client's errors carry responses,
 * claims and tokens, and whatever logs an error logs its cause. What remains is the code.
 */
export function typedSignInError(error: unknown): SignInError {
  if (error instanceof SignInUnavailableError) return error;
  if (error instanceof AuthorizationResponseError) {
    if (error.error === 'access_denied') return new SignInCancelledError('OIDC sign-in: cancelled at the provider');
    return byCode(error.error);
  }
  if (error instanceof ResponseBodyError) return byCode(error.error);
  // With a challenge beside it, `invalid_client` comes without its words.
  if (error instanceof WWWAuthenticateChallengeError) return byCode('invalid_client');
  if (error instanceof ClientError && error.code !== undefined) return byCode(error.code);
  // A connection that failed, a secret that could not be read.
  return new SignInUnavailableError(`OIDC sign-in: ${error instanceof Error ? error.name : 'fault'} on the way there`);
}

function byCode(code: string): SignInError {
  // The code may come from the address line, so anybody could have written it.
  const reason = /^[A-Za-z_]{1,60}$/.test(code) ? code : 'malformed error code';
  if (UNREACHABLE.includes(code) || OUR_FAULT.includes(code)) {
    return new SignInUnavailableError(`OIDC sign-in: ${reason}; check issuer, client id and client secret`);
  }
  return new SignInRefusedError(`OIDC sign-in: ${reason}`);
}
