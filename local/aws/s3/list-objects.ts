import { z } from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import type { ObjectStore } from './object-store.ts';
import { toXml } from './xml.ts';

const querySchema = z.object({
  prefix: z.string().default(''),
  delimiter: z.string().default(''),
  'max-keys': z.coerce
    .number()
    .int()
    .min(0)
    .default(1000)
    .transform((count) => Math.min(count, 1000)),
  'continuation-token': z.string().optional(),
  'start-after': z.string().default(''),
  'encoding-type': z.literal('url').optional(),
});

/** `ListObjectsV2`: prefix, delimiter and paging. A continuation token is the last key or common prefix, in base64url. */
export function listObjects(bucket: string, store: ObjectStore, query: URLSearchParams): string {
  const parsed = querySchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) throw new AwsError('InvalidArgument', z.prettifyError(parsed.error));
  const { prefix, delimiter, 'max-keys': maxKeys, 'continuation-token': token } = parsed.data;
  const after = token === undefined ? parsed.data['start-after'] : Buffer.from(token, 'base64url').toString();
  const encode = (text: string): string =>
    parsed.data['encoding-type'] === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text;

  const entries = new Map<string, 'prefix' | 'key'>();
  for (const { key } of store.list()) {
    if (!key.startsWith(prefix) || store.current(key) === undefined) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) entries.set(key, 'key');
    else entries.set(key.slice(0, end + delimiter.length), 'prefix');
  }
  const rest = [...entries].filter(([name]) => Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0);
  const page = rest.slice(0, maxKeys);
  const isTruncated = page.length < rest.length && page.length > 0;
  const last = page.at(-1)?.[0] ?? '';

  return toXml('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: parsed.data['encoding-type'],
    MaxKeys: maxKeys,
    KeyCount: page.length,
    IsTruncated: isTruncated,
    ContinuationToken: token,
    NextContinuationToken: isTruncated ? Buffer.from(last).toString('base64url') : undefined,
    Contents: page
      .filter(([, kind]) => kind === 'key')
      .map(([key]) => {
        const version = store.current(key);
        return {
          Key: encode(key),
          LastModified: version?.lastModified,
          ETag: version?.etag,
          Size: version?.size,
          StorageClass: 'STANDARD',
        };
      }),
    CommonPrefixes: page.filter(([, kind]) => kind === 'prefix').map(([name]) => ({ Prefix: encode(name) })),
  });
}

/** `ListObjectVersions`, unpaged: each version and delete marker, the newest of a key first. */
export function listVersions(bucket: string, store: ObjectStore, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const versions = store
    .list()
    .filter(({ key }) => key.startsWith(prefix))
    .flatMap(({ key, versions }) =>
      versions.map((version, index) => ({ key, version, isLatest: index === versions.length - 1 })).reverse(),
    );
  const common = ({ key, version, isLatest }: (typeof versions)[number]) => ({
    Key: key,
    VersionId: version.versionId,
    IsLatest: isLatest,
    LastModified: version.lastModified,
  });
  return toXml('ListVersionsResult', {
    Name: bucket,
    Prefix: prefix,
    IsTruncated: false,
    Version: versions
      .filter(({ version }) => !version.isDeleteMarker)
      .map((item) => ({ ...common(item), ETag: item.version.etag, Size: item.version.size, StorageClass: 'STANDARD' })),
    DeleteMarker: versions.filter(({ version }) => version.isDeleteMarker).map(common),
  });
}
