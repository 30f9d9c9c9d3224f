import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.ts';

/** The largest request that is read: DynamoDB's own limit, and far above what any of the other calls carries. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * The whole body of a request.
 * @throws AwsError RequestEntityTooLarge (413) when it is longer than `maxBytes`. The rest is read and dropped, so that
 *   the client can still read the answer.
 */
export async function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= maxBytes) chunks.push(bytes);
    else chunks.length = 0;
  }
  if (length > maxBytes) {
    throw new AwsError('RequestEntityTooLarge', `the request body has more than ${maxBytes} bytes`, 413);
  }
  return Buffer.concat(chunks);
}
