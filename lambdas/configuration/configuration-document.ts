import * as z from 'zod';
import { configuredApproverSchema } from '../domain/eligibility.ts';
import { locationsSchema } from '../domain/hr-events/locations.ts';
import { hrSystemSchema } from '../hr-sources/hr-system.ts';
import { watchedSourceSchema } from '../source-watch/watched-source.ts';

/**
 * What of the configuration may grow beyond what a function's variables hold (4 KB). What disabling needs stays there: it
 * must not wait for a store.
 */
export const configurationDocumentSchema = z.object({
  approvers: z.array(configuredApproverSchema).min(1),
  /** Who is asked when nobody else is left or answers; may be empty. */
  fallbackApprovers: z.array(configuredApproverSchema),
  locations: locationsSchema,
  hrSystems: z.array(hrSystemSchema),
  /** The sources of HR events that must not fall silent. */
  watchedSources: z.array(watchedSourceSchema),
});
export type ConfigurationDocument = z.infer<typeof configurationDocumentSchema>;

/**
 * Where the document lies, as functions are told: `s3://<bucket>/<SHA-256 of the document, hex>.json`. A name of its own for
 * each content, so that the version before, to which a deployment that fails goes back, still finds its own.
 */
export const documentLocationSchema = z
  .string()
  .regex(/^s3:\/\/[^/]+\/(?:.+\/)?[0-9a-f]{64}\.json$/, 'is not s3://<bucket>/<SHA-256>.json')
  .transform((url) => {
    const [, , bucket = '', ...key] = url.split('/');
    return { bucket, key: key.join('/'), sha256: url.slice(-'.json'.length - 64, -'.json'.length) };
  });
export type DocumentLocation = z.infer<typeof documentLocationSchema>;
