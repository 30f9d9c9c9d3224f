import { AwsError } from '../protocol/aws-error.ts';
import type { BucketResource } from '../template/resources.ts';
import { listObjects, listVersions } from './list-objects.ts';
import { notImplemented, type ObjectRequest } from './object-request.ts';
import type { ObjectStore } from './object-store.ts';
import { toXml } from './xml.ts';

/** Parameters that do not change which operation a request is. */
const LIST_PARAMETERS = new Set([
  'x-id',
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'start-after',
  'continuation-token',
  'encoding-type',
  'fetch-owner',
]);

/** The answer to a request for a bucket itself: its objects, versions or settings. `@throws AwsError` NotImplemented. */
export function bucketDocument({ request, bucket, store, query }: Omit<ObjectRequest, 'key' | 'response'>): string {
  const subresource = [...query.keys()].find((name) => !LIST_PARAMETERS.has(name));
  const isGet = request.method === 'GET';
  if (request.method === 'HEAD' && subresource === undefined) return '';
  if (isGet && subresource === 'versions') return listVersions(bucket.name, store, query);
  if (isGet && subresource === 'location') return toXml('LocationConstraint', {});
  if (isGet && subresource === 'versioning') return toXml('VersioningConfiguration', { Status: 'Enabled' });
  if (isGet && subresource === 'object-lock') return objectLockConfiguration(bucket);
  if (isGet && subresource === undefined && query.get('list-type') === '2') {
    return listObjects(bucket.name, store, query);
  }
  throw notImplemented(request, subresource);
}

/** `ListBuckets`. */
export function listBuckets(listed: readonly { bucket: BucketResource; store: ObjectStore }[]): string {
  const buckets = listed.map(({ bucket, store }) => ({
    Name: bucket.name,
    CreationDate: store.createdAt.toISOString(),
  }));
  return toXml('ListAllMyBucketsResult', {
    Owner: { ID: 'local', DisplayName: 'local' },
    Buckets: { Bucket: buckets },
  });
}

function objectLockConfiguration(bucket: BucketResource): string {
  if (!bucket.isObjectLockEnabled) {
    throw new AwsError(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
      404,
    );
  }
  const retention = bucket.defaultRetention;
  const rule = retention && { DefaultRetention: { Mode: retention.mode, Days: retention.days } };
  return toXml('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', Rule: rule });
}
