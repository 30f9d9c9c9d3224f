import { HrWebhookSecretError } from './errors.ts';
import type { WebhookSystem } from './webhook-systems.ts';

/** A signing key by which no delivery can be checked, so that the HR system is not heard. */
export interface UnusableKey {
  readonly system: string;
  /** Never what the secret holds. */
  readonly problem: string;
  readonly remedy: string;
}

/** Answers of Secrets Manager that no waiting mends. Without a value, or deleted, a secret "is not found". */
const PROBLEMS: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'has no value yet, or was deleted',
  InvalidRequestException: 'is marked for deletion',
  AccessDeniedException: 'may not be read by ReceiveHrWebhook',
  DecryptionFailure: 'cannot be decrypted with its key',
};

const REMEDY =
  'put {"signingKey": "<the key that the HR system signs with, 16 characters or more>"} into the secret; runbook, "Connect an HR system"';

/** What an error says of a system's signing key; `undefined` for one that may pass by itself. */
export function unusableKeyIn(system: string, error: unknown): UnusableKey | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof HrWebhookSecretError) return { system, problem: error.message, remedy: REMEDY };
  const problem = Object.hasOwn(PROBLEMS, error.name) ? PROBLEMS[error.name] : undefined;
  return problem === undefined ? undefined : { system, problem, remedy: REMEDY };
}

/**
 * Looks at every system's signing key, whether or not anybody sends: a key that cannot be used must not show by leavers
 * who do not arrive. Whether it is the HR system's own only its next delivery shows.
 * @throws errors of Secrets Manager that may pass by themselves
 */
export async function unusableKeysOf(
  systems: readonly Pick<WebhookSystem, 'name' | 'secret'>[],
): Promise<readonly UnusableKey[]> {
  const found = await Promise.all(
    systems.map(async ({ name, secret }) => {
      try {
        await secret.read({ refresh: true });
        return [];
      } catch (error) {
        const unusable = unusableKeyIn(name, error);
        if (!unusable) throw error;
        return [unusable];
      }
    }),
  );
  return found.flat();
}
