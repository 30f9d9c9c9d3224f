import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../protocol/aws-error.ts';

const CHECKSUMS: Readonly<Record<string, (content: Buffer) => string>> = {
  'x-amz-checksum-crc32': (content) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(content));
    return bytes.toString('base64');
  },
  'x-amz-checksum-sha1': (content) => createHash('sha1').update(content).digest('base64'),
  'x-amz-checksum-sha256': (content) => createHash('sha256').update(content).digest('base64'),
  'content-md5': (content) => createHash('md5').update(content).digest('base64'),
};

/**
 * The checksums that came with an object, header or trailer, each found to be right.
 * @throws AwsError BadDigest naming the header whose checksum is not that of the content.
 */
export function verifyChecksums(content: Buffer, headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const verified: Record<string, string> = {};
  for (const [name, compute] of Object.entries(CHECKSUMS)) {
    const sent = headers[name];
    if (typeof sent !== 'string') continue;
    if (sent !== compute(content)) {
      throw new AwsError('BadDigest', `the ${name} that was sent is not that of the content that arrived`);
    }
    verified[name] = sent;
  }
  return verified;
}
