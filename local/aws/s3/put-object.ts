import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../protocol/aws-error.ts';
import { readBody } from '../protocol/request-body.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { verifyChecksums } from './checksums.ts';
import { versionHeaders } from './object-answer.ts';
import { retentionOf } from './object-lock.ts';
import type { ObjectRequest } from './object-request.ts';

/** Headers that are kept with an object and answered with it. */
const KEPT_HEADERS = /^(x-amz-meta-.+|cache-control|content-disposition|content-language|expires)$/;
/** Headers that would change what a PUT does, and that are not done here: refused rather than ignored. */
const REFUSED_HEADERS = ['if-match', 'x-amz-copy-source', 'x-amz-object-lock-legal-hold', 'x-amz-write-offset-bytes'];

/**
 * `PutObject`: a new version, with `If-None-Match: *`, checksums and Object Lock as in AWS.
 * @throws AwsError NotImplemented, IncompleteBody, BadDigest, InvalidRequest, InvalidArgument, PreconditionFailed.
 */
export async function putObject({ request, response, bucket, store, key }: ObjectRequest): Promise<void> {
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
