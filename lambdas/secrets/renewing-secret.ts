import { createHash } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SecretSource } from './cached-secret.ts';

/** Five minutes, as for every other secret. */
const TTL_MS = 5 * 60_000;

interface RenewingSecretOptions<Value> {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  /** The secret's text as a value; throws for one of another shape. */
  readonly parse: (text: string | undefined) => Value;
  /** Whether the value is to be renewed before it is used, and whether one that was refused may be. */
  readonly isDue: (value: Value, question: { readonly isRefused: boolean; readonly now: number }) => boolean;
  /** The next value from whoever issued this one; it is used only once it is stored. `undefined` when this one is spent. */
  readonly renew: (value: Value) => Promise<Value | undefined>;
  /** The error for a value that is spent although nobody stored a newer one. */
  readonly spent: () => Error;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

interface Held<Value> {
  readonly value: Value;
  readonly versionId: string;
  readonly readAtMs: number;
}

/**
 * A secret that its issuer replaces with each use, such as a refresh token, stored back where everybody reads it.
 *
 * Stored before used: who dies between renewing and storing leaves the old value in the store, and issuers keep that
 * valid until the new one is used. Of two who renew at once the first to store wins: a version's successor has one
 * name, under which Secrets Manager takes one value, so that no later write can bury the newest token. Who comes
 * second, or finds the value spent, reads what the first one stored.
 */
export function createRenewingSecret<Value>(options: RenewingSecretOptions<Value>): SecretSource<Value> {
  const { client, secretArn, clock = Date.now } = options;
  let held: Held<Value> | undefined;
  let working: Promise<Held<Value>> | undefined;

  async function readStore(): Promise<Held<Value>> {
    const { SecretString, VersionId = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return { value: options.parse(SecretString), versionId: VersionId, readAtMs: clock() };
  }

  async function renewed(current: Held<Value>): Promise<Held<Value>> {
    const next = await options.renew(current.value);
    const stored = await readStore();
    // Somebody else was first: another function, or an operator who put new credentials.
    if (stored.versionId !== current.versionId) return stored;
    if (next === undefined) throw options.spent();
    try {
      const ClientRequestToken = successorOf(current.versionId);
      const SecretString = JSON.stringify(next);
      await client.send(new PutSecretValueCommand({ SecretId: secretArn, ClientRequestToken, SecretString }));
      return { value: next, versionId: ClientRequestToken, readAtMs: clock() };
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error;
      const winners = await readStore();
      // It has a successor, and yet is current: a read that came too early, or somebody moved it back by hand.
      if (winners.versionId === current.versionId) throw options.spent();
      return winners;
    }
  }

  async function current(isRefused: boolean): Promise<Held<Value>> {
    const before = held;
    const isFresh = before && !isRefused && clock() - before.readAtMs < TTL_MS;
    const stored = isFresh ? before : await readStore();
    // One that was replaced since has not been refused yet.
    const isStillRefused = isRefused && before?.versionId === stored.versionId;
    const isDue = options.isDue(stored.value, { isRefused: isStillRefused, now: clock() });
    held = isDue ? await renewed(stored) : stored;
    return held;
  }

  return {
    async read({ refresh = false } = {}) {
      working ??= current(refresh).finally(() => {
        working = undefined;
      });
      return (await working).value;
    },
  };
}

/** In the form of a version's id, and the same for everybody who renews that version. */
function successorOf(versionId: string): string {
  const digits = createHash('sha256').update(`successor of ${versionId}`).digest('hex');
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
