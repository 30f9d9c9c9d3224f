import { AwsError } from '../protocol/aws-error.ts';

/**
 * Decodes an `aws-chunked` body, which the SDK uses for streams: chunks `<hex length>[;chunk-signature=…]\r\n<bytes>\r\n`,
 * a chunk of length 0, then trailers such as `x-amz-checksum-crc32:…`. Signatures are not checked: nobody here has keys.
 * @throws AwsError IncompleteBody when the framing does not add up.
 */
export function decodeAwsChunked(body: Buffer): { content: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let offset = 0;
  while (true) {
    const header = lineAt(body, offset);
    const length = Number.parseInt(header.split(';')[0] ?? '', 16);
    offset += header.length + 2;
    if (!Number.isInteger(length) || length < 0 || offset + length > body.length) throw incomplete();
    if (length === 0) break;
    chunks.push(body.subarray(offset, offset + length));
    offset += length + 2;
  }
  const trailers = body
    .subarray(offset)
    .toString('latin1')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const)
    .filter(([name]) => name !== '');
  return { content: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) };
}

function lineAt(body: Buffer, offset: number): string {
  const end = body.indexOf('\r\n', offset);
  if (end === -1) throw incomplete();
  return body.subarray(offset, end).toString('latin1');
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'the request body ends before its last chunk');
}
