import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type ConfigurationDocument,
  configurationDocumentSchema,
  type DocumentLocation,
} from './configuration-document.ts';
import { ConfigurationRefusedError, ConfigurationUnavailableError } from './errors.ts';
import { keptOnce } from './kept-once.ts';

/** Reads the configuration document; kept for a function's lifetime once it could be read. */
export type ReadConfiguration = () => Promise<ConfigurationDocument>;

export interface ConfigurationSource {
  readonly location: DocumentLocation;
  /** The bytes that lie there. */
  readonly fetch: (location: DocumentLocation) => Promise<Uint8Array>;
}

/**
 * The document that was deployed with this function, and no other: its bytes are compared with the hash that the function
 * was told before anything reads them.
 * @throws ConfigurationUnavailableError, ConfigurationRefusedError, each time until it can be read
 */
export function configurationReader({ location, fetch }: ConfigurationSource): ReadConfiguration {
  return keptOnce(async () => {
    const bytes = await fetched({ location, fetch });
    const hash = createHash('sha256').update(bytes).digest();
    if (!timingSafeEqual(hash, Buffer.from(location.sha256, 'hex'))) {
      throw refused(location, `has the SHA-256 ${hash.toString('hex')}`);
    }
    return parsed(bytes, location);
  });
}

async function fetched({ location, fetch }: ConfigurationSource): Promise<Uint8Array> {
  try {
    return await fetch(location);
  } catch (cause) {
    const why = cause instanceof Error ? cause.name : typeof cause;
    throw new ConfigurationUnavailableError(
      `${nameOf(location)} cannot be read: ${why}; if that lasts, deploy again, which puts it back`,
      { cause },
    );
  }
}

function parsed(bytes: Uint8Array, location: DocumentLocation): ConfigurationDocument {
  const document = configurationDocumentSchema.safeParse(jsonIn(bytes));
  if (document.success) return document.data;
  const faults = document.error.issues.map(({ path, message }) => `${path.join('.') || 'the document'} ${message}`);
  throw refused(location, `is not what this function reads: ${faults.join('; ')}`);
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function refused(location: DocumentLocation, why: string): ConfigurationRefusedError {
  const remedy = 'delete it and deploy again, and find out who put it there (runbook, "The configuration document")';
  return new ConfigurationRefusedError(`${nameOf(location)} ${why}; ${remedy}`);
}

function nameOf({ bucket, key }: DocumentLocation): string {
  return `the configuration document s3://${bucket}/${key}`;
}
