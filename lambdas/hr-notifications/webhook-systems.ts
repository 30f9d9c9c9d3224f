import type { HrSource } from '../hr-sources/hr-source.ts';
import type { HrSystem } from '../hr-sources/hr-system.ts';
import { findHrSource, payloadOf } from '../hr-sources/vendors/hr-sources.ts';
import { type CachedSecretOptions, createCachedSecret, type SecretSource } from '../secrets/cached-secret.ts';
import { HrWebhookSecretError } from './errors.ts';

/** An HR system that sends webhooks, with what its deliveries are checked by. */
export interface WebhookSystem {
  readonly name: string;
  readonly settings: unknown;
  readonly verify: NonNullable<HrSource['verify']>;
  readonly maxAgeSeconds: number;
  /** Its body, when that is what its kind can translate. */
  readonly payloadIn: (body: string) => Readonly<Record<string, unknown>> | undefined;
  readonly secret: SecretSource<unknown>;
}

// After a rotation, deliveries may be refused for up to this long; HR systems send a refused one again. Anybody can send
// a wrong signature, and cannot have the secret read more often than this.
const REFRESH_PAUSE_MS = 60_000;

/** Those of the configured systems that send webhooks. @param secretArns by the systems' names */
export function webhookSystems(
  systems: readonly HrSystem[],
  {
    secretArns,
    ...options
  }: Pick<CachedSecretOptions<unknown>, 'client' | 'clock'> & {
    readonly secretArns: Readonly<Record<string, string>>;
  },
): readonly WebhookSystem[] {
  return systems.flatMap(({ name, kind, settings }) => {
    const source = findHrSource(kind);
    const secretArn = secretArns[name];
    if (!source?.verify || !source.webhookSecret || secretArn === undefined) return [];
    const secret = createCachedSecret({
      ...options,
      secretArn,
      schema: source.webhookSecretFor?.(settings) ?? source.webhookSecret,
      refreshPauseMs: REFRESH_PAUSE_MS,
      refuse: (problem, faults) =>
        new HrWebhookSecretError(
          faults.length > 0 ? faults.map(({ field, message }) => `${field} ${message}`).join(', ') : `is ${problem}`,
        ),
    });
    const { verify, maxAgeSeconds } = source;
    const payloadIn = (body: string) => payloadOf({ kind, settings }, body);
    return { name, settings, verify, maxAgeSeconds, payloadIn, secret };
  });
}
