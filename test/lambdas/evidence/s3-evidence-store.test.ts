import { GetObjectCommand, GetObjectRetentionCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { createS3EvidenceStore } from '../../../lambdas/evidence/s3-evidence-store.ts';
import { createS3 } from '../../../local/aws/s3/s3.ts';
import { startServer, temporaryFolder } from '../../local/running-server.ts';

const bucketName = 'evidence';
const KEY = 'cases/case-1/first.json';

async function openBucket() {
  const bucket = {
    name: bucketName,
    isObjectLockEnabled: true,
    defaultRetention: { mode: 'COMPLIANCE', days: 365 } as const,
  };
  const { clientOptions } = await startServer({ s3: createS3({ folder: temporaryFolder(), buckets: [bucket] }) });
  const client = new S3Client({ ...clientOptions, forcePathStyle: true });
  onTestFinished(() => client.destroy());
  return { client, store: createS3EvidenceStore({ client, bucketName }) };
}

test('what is sealed is stored as it is, as JSON, and locked from the first moment', async () => {
  const { client, store } = await openBucket();
  const body = '{"name":"Zoë Ærø"}';

  expect(await store.seal(KEY, body)).toBe(body);

  const stored = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: KEY }));
  expect(await stored.Body?.transformToString('utf-8')).toBe(body);
  expect(stored.ContentType).toBe('application/json');
  const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket: bucketName, Key: KEY }));
  expect(Retention?.Mode).toBe('COMPLIANCE');
});

test('sealing again keeps what is there, and answers with it', async () => {
  const { store } = await openBucket();
  await store.seal(KEY, '{"first":true}');

  expect(await store.seal(KEY, '{"first":false}')).toBe('{"first":true}');
});

test('of many who seal at the same moment one writes, and all hear what is stored', async () => {
  const { store } = await openBucket();

  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => store.seal(KEY, `{"by":${index}}`)));

  expect(new Set(answers).size).toBe(1);
});

test('another write of the same key under way is waited out by reading, not by writing over it', async () => {
  const { client, store } = await openBucket();
  await client.send(new PutObjectCommand({ Bucket: bucketName, Key: KEY, Body: '{"by":"the other"}' }));
  const conflict = Object.assign(new Error('another write is under way'), { name: 'ConditionalRequestConflict' });
  client.middlewareStack.add(
    (next, context) => (args) => (context.commandName === 'PutObjectCommand' ? Promise.reject(conflict) : next(args)),
    { step: 'initialize' },
  );

  expect(await store.seal(KEY, '{"by":"us"}')).toBe('{"by":"the other"}');
});

test('any other refusal is no success', async () => {
  const { client } = await openBucket();
  const elsewhere = createS3EvidenceStore({ client, bucketName: 'no-such-bucket' });

  await expect(elsewhere.seal(KEY, '{}')).rejects.toThrow(expect.objectContaining({ name: 'NoSuchBucket' }));
});
