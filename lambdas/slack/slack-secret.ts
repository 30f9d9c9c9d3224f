import { type CachedSecretOptions, createCachedSecret } from '../secrets/cached-secret.ts';
import { SlackSecretError } from './errors.ts';
import { type SlackCredentialSource, slackCredentialsSchema } from './slack-credentials.ts';

/**
 * Credentials from one Secrets Manager secret, JSON `{ botToken, signingSecret }`. A revoked token is noticed by Slack's
 * own answer. A new signing secret is not: until the cache expires, clicks are refused, while the page works on.
 * @throws SlackSecretError when the secret has another shape. Errors of Secrets Manager pass through unchanged.
 */
export function createSlackSecret(
  options: Pick<CachedSecretOptions<unknown>, 'client' | 'secretArn' | 'clock' | 'ttlMs'>,
): SlackCredentialSource {
  return createCachedSecret({
    ...options,
    schema: slackCredentialsSchema,
    refuse: (problem) =>
      new SlackSecretError(`Slack secret: ${problem}; store {"botToken": "xoxb-…", "signingSecret": text} in it`),
  });
}
