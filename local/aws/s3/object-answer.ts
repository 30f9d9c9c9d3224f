import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { AwsError } from '../protocol/aws-error.ts';
import type { ObjectVersion } from './object-store.ts';

/** The headers that tell which version was written or read, and how long it is kept. */
export function versionHeaders(version: ObjectVersion): OutgoingHttpHeaders {
  return {
    etag: version.etag,
    'x-amz-version-id': version.versionId,
    ...(version.retention && {
      'x-amz-object-lock-mode': version.retention.mode,
      'x-amz-object-lock-retain-until-date': version.retention.until,
    }),
  };
}

/** `GetObject` and `HeadObject` (for which Node.js leaves the body out), whole or one byte range. */
export function answerObject(answer: {
  request: IncomingMessage;
  response: ServerResponse;
  version: ObjectVersion;
  content: Buffer;
}): void {
  const { request, response, version, content } = answer;
  const range = readRange(request.headers.range, content.length);
  const part = range === undefined ? content : content.subarray(range.first, range.last + 1);
  const stored = Object.entries(version.headers).filter(
    // A checksum of the whole would fail the client's check of a part.
    ([name]) => name !== 'content-md5' && (range === undefined || !name.startsWith('x-amz-checksum-')),
  );
  response.writeHead(range === undefined ? 200 : 206, {
    ...Object.fromEntries(stored),
    ...versionHeaders(version),
    'content-type': version.contentType,
    'content-length': part.length,
    'last-modified': new Date(version.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${content.length}` }),
  });
  response.end(part);
}

function readRange(header: string | undefined, length: number): { first: number; last: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (first > last) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { first, last };
}
