import { z } from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import type { BucketResource } from '../template/resources.ts';

const modeSchema = z.enum(['GOVERNANCE', 'COMPLIANCE']);

/** Until when a version can neither be deleted nor changed. */
export const retentionSchema = z.object({ mode: modeSchema, until: z.iso.datetime() });
type Retention = z.infer<typeof retentionSchema>;

const headersSchema = z.object({
  'x-amz-object-lock-mode': modeSchema.optional(),
  'x-amz-object-lock-retain-until-date': z.iso.datetime({ offset: true }).optional(),
});

/**
 * The retention of a new version: its own headers', else the bucket's default, else none.
 * @throws AwsError InvalidRequest as S3: half a retention, a bucket without Object Lock, no checksum to go with it;
 *   InvalidArgument for a date that is not in the future.
 */
export function retentionOf(request: {
  bucket: BucketResource;
  headers: Readonly<Record<string, unknown>>;
  hasChecksum: boolean;
  now: Date;
}): Retention | undefined {
  const { bucket, now } = request;
  const parsed = headersSchema.safeParse(request.headers);
  if (!parsed.success) throw new AwsError('InvalidArgument', z.prettifyError(parsed.error));
  const mode = parsed.data['x-amz-object-lock-mode'];
  const until = parsed.data['x-amz-object-lock-retain-until-date'];
  if (mode === undefined && until === undefined) return defaultRetention(bucket, now);
  if (mode === undefined || until === undefined) {
    throw new AwsError('InvalidRequest', 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode go together');
  }
  if (!bucket.isObjectLockEnabled) throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  if (!request.hasChecksum) {
    throw new AwsError(
      'InvalidRequest',
      'Content-MD5 or an x-amz-checksum header is required with Object Lock parameters',
    );
  }
  if (new Date(until) <= now) throw new AwsError('InvalidArgument', 'The retain until date must be in the future!');
  return { mode, until: new Date(until).toISOString() };
}

function defaultRetention(bucket: BucketResource, now: Date): Retention | undefined {
  if (bucket.defaultRetention === undefined) return undefined;
  const until = new Date(now);
  until.setUTCDate(until.getUTCDate() + bucket.defaultRetention.days);
  return { mode: bucket.defaultRetention.mode, until: until.toISOString() };
}

/** Whether a version is still locked. Governance mode can be bypassed in AWS with a permission; nobody has it here. */
export function isLocked(retention: Retention | undefined, now: Date): boolean {
  return retention !== undefined && new Date(retention.until) > now;
}
