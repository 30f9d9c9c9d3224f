import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../protocol/aws-error.ts';
import { toAwsError } from '../protocol/json-protocol.ts';
import type { BucketResource } from '../template/resources.ts';
import { bucketDocument, listBuckets } from './bucket-documents.ts';
import { answerObject } from './object-answer.ts';
import { notImplemented, type ObjectRequest } from './object-request.ts';
import { ObjectStore, type ObjectVersion } from './object-store.ts';
import { answerPublished, type PublishedObject } from './published-objects.ts';
import { putObject } from './put-object.ts';
import { toXml, toXmlError } from './xml.ts';

/** Parameters that do not change which operation a request is. */
const PLAIN_PARAMETERS = new Set(['x-id', 'versionId']);
export interface LocalS3 {
  /** Answers one path-style S3 request; errors are S3's XML. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Whether an object is there. */
  holds(bucketName: string, key: string): boolean;
  /** While it is, every request is answered with 503, as in an outage of S3. */
  isAway: boolean;
}

/**
 * S3 in a folder: one sub-folder for each bucket, readable by a person. Conditional writes, versions and Object Lock
 * behave as in AWS: deleting hides an object behind a marker, and a locked version cannot be deleted.
 * @param options.published objects beside the buckets, which are read only
 * @throws DataFileError naming an object that is damaged
 */
export function createS3(options: {
  folder: string;
  buckets: readonly BucketResource[];
  published?: readonly PublishedObject[];
}): LocalS3 {
  const buckets = new Map(
    options.buckets.map((bucket) => [bucket.name, { bucket, store: new ObjectStore(options.folder, bucket.name) }]),
  );

  for (const { store } of buckets.values()) store.assertWhole();

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (s3.isAway) throw new AwsError('ServiceUnavailable', 'Service is unable to handle request.', 503);
    const { bucketName, key, query } = readAddress(request.url ?? '/');
    const published = options.published?.filter((object) => object.bucketName === bucketName) ?? [];
    if (published.length > 0) return answerPublished({ request, response, key }, published);
    if (bucketName === '' && request.method === 'GET') return sendXml(response, listBuckets([...buckets.values()]));
    const found = buckets.get(bucketName);
    if (found === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    if (key === '') return sendXml(response, bucketDocument({ request, query, ...found }));
    return serveObject({ request, response, query, key, ...found });
  }

  const s3: LocalS3 = {
    isAway: false,
    holds: (bucketName, key) => buckets.get(bucketName)?.store.current(key) !== undefined,
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
  return s3;
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

function sendXml(response: ServerResponse, document: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(document);
}
