import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ConfigurationSource } from './read-configuration.ts';

/** Documents in S3. */
export function s3Documents(client: Pick<S3Client, 'send'>): ConfigurationSource['fetch'] {
  return async ({ bucket, key }) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Body ? Body.transformToByteArray() : new Uint8Array();
  };
}
