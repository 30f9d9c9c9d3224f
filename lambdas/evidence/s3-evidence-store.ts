import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { EvidenceStore } from './evidence-store.ts';

/** S3 says so when `If-None-Match: *` finds an object, or another write of the same key under way. */
const ALREADY_THERE = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);

/** Evidence in a bucket with Object Lock: its default retention protects each object from the moment it is written. */
export function createS3EvidenceStore(s3: { client: Pick<S3Client, 'send'>; bucketName: string }): EvidenceStore {
  const { client, bucketName: Bucket } = s3;
  return {
    async seal(key, body) {
      try {
        await client.send(
          new PutObjectCommand({ Bucket, Key: key, Body: body, ContentType: 'application/json', IfNoneMatch: '*' }),
        );
        return body;
      } catch (error) {
        if (!(error instanceof Error && ALREADY_THERE.has(error.name))) throw error;
      }
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
      if (!Body) throw new TypeError(`evidence ${key} exists and is empty`);
      return Body.transformToString('utf-8');
    },
  };
}
