/** The person stopped at the provider, or did not consent. */
export class SignInCancelledError extends Error {
  override readonly name = 'SignInCancelledError';
}

/** The provider answered, but not with a fresh sign-in that can be believed. */
export class SignInRefusedError extends Error {
  override readonly name = 'SignInRefusedError';
}

/** The provider could not be reached or does not take this client. Trying later, or a code by mail, helps. */
export class SignInUnavailableError extends Error {
  override readonly name = 'SignInUnavailableError';
}

/** The stored client secret is no text. */
export class OidcClientSecretError extends Error {
  override readonly name = 'OidcClientSecretError';
}
