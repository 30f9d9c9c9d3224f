import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../protocol/aws-error.ts';
import { answerObject } from './object-answer.ts';
import { notImplemented } from './object-request.ts';

/** What a deployment has put into a bucket that belongs to no template: read, and never written here. */
export interface PublishedObject {
  readonly bucketName: string;
  readonly key: string;
  readonly text: string;
}

/** @throws AwsError NoSuchKey, NotImplemented for whatever else than reading */
export function answerPublished(
  { request, response, key }: { request: IncomingMessage; response: ServerResponse; key: string },
  objects: readonly PublishedObject[],
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw notImplemented(request, undefined);
  const found = objects.find((object) => object.key === key);
  if (found === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  const content = Buffer.from(found.text);
  const version = {
    versionId: 'null',
    lastModified: new Date(0).toISOString(),
    isDeleteMarker: false,
    size: content.length,
    etag: `"${createHash('md5').update(content).digest('hex')}"`,
    contentType: 'application/json',
    headers: {},
  };
  answerObject({ request, response, version, content });
}
