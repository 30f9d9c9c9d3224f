import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';
import { toAwsError } from './json-protocol.ts';
import { readBody } from './request-body.ts';
import { decodeAwsChunked } from './s3/aws-chunked.ts';
import { verifyChecksums } from './s3/checksums.ts';
import { listObjects, listVersions } from './s3/list-objects.ts';
import { answerObject, versionHeaders } from './s3/object-answer.ts';
import { retentionOf } from './s3/object-lock.ts';
import { ObjectStore, type ObjectVersion } from './s3/object-store.ts';
import { toXml, toXmlError } from './s3/xml.ts';
import type { BucketResource } from './template/resources.ts';

/** Parameters that do not change which operation a request is. */
const PLAIN_PARAMETERS = new Set(['x-id', 'versionId', 'list-type', 'prefix', 'delimiter', 'max-keys', 'start-after']);
const LIST_PARAMETERS = new Set([...PLAIN_PARAMETERS, 'continuation-token', 'encoding-type', 'fetch-owner']);
/** Headers that are kept with an object and answered with it. */
const KEPT_HEADERS = /^(x-amz-meta-.+|cache-control|content-disposition|content-language|expires)$/;
/** Headers that would change what a PUT does, and that are not done here: refused rather than ignored. */
const REFUSED_HEADERS = ['if-match', 'x-amz-copy-source', 'x-amz-object-lock-legal-hold', 'x-amz-write-offset-bytes'];

export interface LocalS3 {
  /** Answers one path-style S3 request; errors are S3's XML. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface ObjectRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bucket: BucketResource;
  readonly store: ObjectStore;
  readonly key: string;
  readonly query: URLSearchParams;
}

/**
 * S3 in a folder: one sub-folder for each bucket, readable by a person. Conditional writes, versions and Object Lock
 * behave as in AWS: deleting hides an object behind a marker, and a locked version cannot be deleted.
 */
export function createS3(options: { folder: string; buckets: readonly BucketResource[] }): LocalS3 {
  const buckets = new Map(
    options.buckets.map((bucket) => [bucket.name, { bucket, store: new ObjectStore(options.folder, bucket.name) }]),
  );

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { bucketName, key, query } = readAddress(request.url ?? '/');
    if (bucketName === '' && request.method === 'GET') return sendXml(response, listBuckets([...buckets.values()]));
    const found = buckets.get(bucketName);
    if (found === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    if (key === '') return sendXml(response, bucketDocument({ request, query, ...found }));
    return serveObject({ request, response, query, key, ...found });
  }

  return {
    async handle(request, response) {
      const requestId = randomUUID();
      response.setHeader('x-amz-request-id', requestId);
      response.setHeader('x-amzn-requestid', requestId);
      try {
        await route(request, response);
      } catch (error) {
        const { code, message, statusCode } = toAwsError(error);
        response.writeHead(statusCode, { 'content-type': 'application/xml' });
        response.end(toXmlError({ code, message, requestId }));
      }
    },
  };
}

/** Reads the target as it was sent: a URL parser would fold `..` in keys. */
function readAddress(target: string): { bucketName: string; key: string; query: URLSearchParams } {
  const [path = '/', search = ''] = target.split('?', 2);
  const [, bucketName = '', ...key] = path.split('/');
  try {
    return { bucketName, key: decodeURIComponent(key.join('/')), query: new URLSearchParams(search) };
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function bucketDocument({ request, bucket, store, query }: Omit<ObjectRequest, 'key' | 'response'>): string {
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

async function serveObject(exchange: ObjectRequest): Promise<void> {
  const { request, response, store, key, query } = exchange;
  const subresource = [...query.keys()].find((name) => !PLAIN_PARAMETERS.has(name));
  if (subresource === 'retention' && request.method === 'GET') {
    const { retention } = findVersion(exchange);
    if (retention === undefined) {
      throw new AwsError(
        'NoSuchObjectLockConfiguration',
        'The specified object does not have a ObjectLock configuration',
        404,
      );
    }
    return sendXml(response, toXml('Retention', { Mode: retention.mode, RetainUntilDate: retention.until }));
  }
  if (subresource !== undefined) throw notImplemented(request, subresource);
  if (request.method === 'GET' || request.method === 'HEAD') {
    const version = findVersion(exchange);
    return answerObject({ request, response, version, content: store.content(key, version) });
  }
  if (request.method === 'PUT') return putObject(exchange);
  if (request.method === 'DELETE') return deleteObject(exchange);
  throw notImplemented(request, undefined);
}

function findVersion({ store, key, query }: ObjectRequest): ObjectVersion {
  const versionId = query.get('versionId');
  if (versionId === null) {
    const current = store.current(key);
    if (current === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    return current;
  }
  const version = store.find(key)?.versions.find((candidate) => candidate.versionId === versionId);
  if (version === undefined) throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  if (version.isDeleteMarker) throw new AwsError('MethodNotAllowed', 'A delete marker has no content.', 405);
  return version;
}

async function putObject({ request, response, bucket, store, key }: ObjectRequest): Promise<void> {
  const refused = REFUSED_HEADERS.find((name) => request.headers[name] !== undefined);
  const condition = request.headers['if-none-match'];
  if (refused !== undefined || (condition !== undefined && condition !== '*')) {
    throw new AwsError(
      'NotImplemented',
      `the local S3 does not know ${refused ?? 'an if-none-match other than *'}`,
      501,
    );
  }
  const body = await readBody(request);
  const isChunked = String(request.headers['x-amz-content-sha256']).startsWith('STREAMING-');
  const { content, trailers } = isChunked ? decodeAwsChunked(body) : { content: body, trailers: {} };
  const checksums = verifyChecksums(content, { ...request.headers, ...trailers });
  const hasChecksum = Object.keys(checksums).length > 0;
  const retention = retentionOf({ bucket, headers: request.headers, hasChecksum, now: new Date() });
  // From here to the answer nothing waits, so that of two conditional writes exactly one finds the key free.
  if (condition === '*' && store.current(key) !== undefined) {
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const version = store.put(key, content, {
    contentType: request.headers['content-type'] ?? 'binary/octet-stream',
    headers: { ...keptHeaders(request.headers), ...checksums },
    ...(retention !== undefined && { retention }),
  });
  response.writeHead(200, versionHeaders(version)).end();
}

function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name));
  // `aws-chunked` describes the request, any other coding the object.
  const codings = (headers['content-encoding'] ?? '').split(',').map((coding) => coding.trim());
  const encoding = codings.filter((coding) => coding !== '' && coding !== 'aws-chunked').join(',');
  return Object.fromEntries([
    ...kept.map(([name, value]) => [name, String(value)]),
    ...(encoding === '' ? [] : [['content-encoding', encoding]]),
  ]);
}

function deleteObject({ response, store, key, query }: ObjectRequest): void {
  const versionId = query.get('versionId');
  if (versionId === null) {
    const marker = store.hide(key);
    response.writeHead(204, { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId }).end();
    return;
  }
  store.deleteVersion(key, versionId);
  response.writeHead(204, { 'x-amz-version-id': versionId }).end();
}

function listBuckets(listed: readonly { bucket: BucketResource; store: ObjectStore }[]): string {
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

function sendXml(response: ServerResponse, document: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(document);
}

function notImplemented(request: IncomingMessage, subresource: string | undefined): AwsError {
  const operation = subresource === undefined ? request.method : `${request.method} ?${subresource}`;
  return new AwsError('NotImplemented', `the local S3 does not know ${operation}`, 501);
}
