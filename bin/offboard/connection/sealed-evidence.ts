import { GetObjectCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { AnswerIsNoError } from '../options/errors.ts';
import { type Connection, clientConfig } from './connection.ts';
import { openCases, readCase } from './open-cases.ts';
import { resolveResourceName } from './resolve-resource-name.ts';

/**
 * The evidence of a case as the bucket holds it, with the hash that the case table recorded.
 * @throws AnswerIsNoError when the case has none yet.
 */
export async function readSealedEvidence(connection: Connection, caseId: string) {
  const found = await readCase(await openCases(connection), caseId);
  if (found.status !== 'finished' || !found.evidence) {
    throw new AnswerIsNoError(`${caseId} is not sealed yet; it is ${found.status}`);
  }
  const { key, sha256 } = found.evidence;
  // Each bucket has a host name of its own on AWS, which a loopback address cannot give.
  const client = new S3Client({ ...clientConfig(connection), forcePathStyle: connection.endpointUrl !== undefined });
  const bucket = connection.bucket ?? (await findBucket(client, connection.stack));
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return { text: (await Body?.transformToString('utf-8')) ?? '', sha256 };
}

async function findBucket(client: S3Client, stack: string): Promise<string> {
  const names: string[] = [];
  for await (const { Buckets } of paginateListBuckets({ client }, {})) {
    for (const { Name } of Buckets ?? []) if (Name !== undefined) names.push(Name);
  }
  return resolveResourceName(names, {
    stack,
    resource: 'EvidenceBucket',
    option: '--bucket',
    output: 'EvidenceBucketName',
  });
}
