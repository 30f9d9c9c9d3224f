import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { createS3 } from '../../../../local/aws/s3/s3.ts';
import type { BucketResource } from '../../../../local/aws/template/resources.ts';
import { startServer, temporaryFolder } from '../../running-server.ts';

const Bucket = 'evidence';
const LOCKED_BUCKET: BucketResource = {
  name: Bucket,
  isObjectLockEnabled: true,
  defaultRetention: { mode: 'COMPLIANCE', days: 365 },
};

async function startS3(bucket: BucketResource = LOCKED_BUCKET, folder = temporaryFolder()) {
  const { clientOptions, url } = await startServer({ s3: createS3({ folder, buckets: [bucket] }) });
  const s3 = new S3Client(clientOptions);
  onTestFinished(() => s3.destroy());
  return { s3, folder, url };
}

test('what is put can be read by the SDK and, as a file, by a person', async () => {
  const { s3, folder } = await startS3();
  const Key = 'cases/2026/Zoë & co.json';

  await s3.send(
    new PutObjectCommand({ Bucket, Key, Body: '{"a":1}', ContentType: 'application/json', Metadata: { case: 'c-1' } }),
  );
  const read = await s3.send(new GetObjectCommand({ Bucket, Key }));

  expect(await read.Body?.transformToString()).toBe('{"a":1}');
  expect(read).toMatchObject({ ContentType: 'application/json', Metadata: { case: 'c-1' }, ContentLength: 7 });
  expect(readFileSync(join(folder, Bucket, Key), 'utf8')).toBe('{"a":1}');
});

test('a streamed body arrives without its chunk framing', async () => {
  const { s3 } = await startS3();
  const parts = ['first\r\n', 'x'.repeat(70_000), 'last'];

  await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'export.csv',
      Body: Readable.from(parts),
      ContentLength: parts.join('').length,
    }),
  );

  const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'export.csv' }));
  expect(await read.Body?.transformToString()).toBe(parts.join(''));
  expect(read.ContentEncoding).toBeUndefined();
});

test('of many writers who want to be first, one is', async () => {
  const { s3 } = await startS3();
  const attempts = Array.from({ length: 8 }, (_, index) =>
    s3.send(new PutObjectCommand({ Bucket, Key: 'seal.json', Body: String(index), IfNoneMatch: '*' })),
  );

  const outcomes = await Promise.allSettled(attempts);

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      expect(outcome.reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    }
  }
});

test('a locked version cannot be deleted, and deleting the object only hides it', async () => {
  const { s3 } = await startS3();
  const until = new Date(Date.now() + 3_600_000);
  const Key = 'seal.json';
  const put = { Bucket, Key, ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until } as const;
  const { VersionId } = await s3.send(new PutObjectCommand({ ...put, Body: 'proof' }));

  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head).toMatchObject({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until });
  await expect(s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });

  expect((await s3.send(new DeleteObjectCommand({ Bucket, Key }))).DeleteMarker).toBe(true);
  await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  const kept = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  expect(await kept.Body?.transformToString()).toBe('proof');
});

test('an object without a retention of its own gets the bucket’s', async () => {
  const { s3 } = await startS3();

  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));

  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
  const days = (Number(head.ObjectLockRetainUntilDate) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(364);
  expect(days).toBeLessThan(366);
});

test('Object Lock is refused on a bucket that has none', async () => {
  const { s3 } = await startS3({ name: Bucket, isObjectLockEnabled: false });
  const ObjectLockRetainUntilDate = new Date(Date.now() + 1000);

  await expect(
    s3.send(
      new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidRequest' });
});

test('overwriting keeps the earlier version', async () => {
  const { s3 } = await startS3();
  const first = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'one' }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'two' }));

  const old = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: first.VersionId }));
  const versions = await s3.send(new ListObjectVersionsCommand({ Bucket }));

  expect(await old.Body?.transformToString()).toBe('one');
  expect(versions.Versions?.map(({ IsLatest }) => IsLatest)).toEqual([true, false]);
});

test('listing pages through keys and folds folders', async () => {
  const { s3 } = await startS3();
  for (const Key of ['b/1', 'a', 'b/2', 'c&d', 'b/3']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

  const folded = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
  expect(folded.Contents?.map(({ Key }) => Key)).toEqual(['a', 'c&d']);
  expect(folded.CommonPrefixes).toEqual([{ Prefix: 'b/' }]);

  const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'b/', MaxKeys: 2 }));
  const ContinuationToken = first.NextContinuationToken;
  const second = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'b/', MaxKeys: 2, ContinuationToken }));
  expect([first, second].map((page) => page.Contents?.map(({ Key }) => Key))).toEqual([['b/1', 'b/2'], ['b/3']]);
  expect(second.IsTruncated).toBe(false);
});

test('a range is answered as a part', async () => {
  const { s3 } = await startS3();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '0123456789' }));

  const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', Range: 'bytes=2-4' }));

  expect(await part.Body?.transformToString()).toBe('234');
  expect(part.ContentRange).toBe('bytes 2-4/10');
});

test('content that does not match its checksum is refused', async () => {
  const { s3 } = await startS3();
  await expect(
    s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ChecksumCRC32: 'AAAAAA==' })),
  ).rejects.toMatchObject({ name: 'BadDigest' });
});

test.each(['../outside', 'a/../../outside', 'a//b', 'a\\..\\b', 'a/..'])(
  'the key %j reaches no other folder',
  async (key) => {
    const { url } = await startS3();
    const headers = { authorization: 'AWS4-HMAC-SHA256 local' };
    const address = `${url}/${Bucket}/${encodeURIComponent(key)}`;

    const answer = await fetch(address, { method: 'PUT', body: 'x', headers });

    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('<Code>InvalidArgument</Code>'),
    ]);
  },
);

test('what is unknown is refused by name, never taken for something else', async () => {
  const { s3, url } = await startS3();
  const headers = { authorization: 'AWS4-HMAC-SHA256 local' };

  const tagging = await fetch(`${url}/${Bucket}/a?tagging`, { method: 'PUT', body: 'x', headers });

  expect([tagging.status, await tagging.text()]).toEqual([501, expect.stringContaining('PUT ?tagging')]);
  await expect(s3.send(new HeadObjectCommand({ Bucket: 'other', Key: 'a' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  expect((await s3.send(new ListBucketsCommand())).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
});

test('objects survive a restart', async () => {
  const { s3, folder } = await startS3();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'kept' }));

  const again = await startS3(LOCKED_BUCKET, folder);

  const read = await again.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  expect(await read.Body?.transformToString()).toBe('kept');
});

test('what a deployment has published is read, and neither written nor listed among the buckets', async () => {
  const published = [{ bucketName: 'assets', key: 'configuration.json', text: '{"a":1}' }];
  const folder = temporaryFolder();
  const { clientOptions } = await startServer({ s3: createS3({ folder, buckets: [LOCKED_BUCKET], published }) });
  const s3 = new S3Client(clientOptions);
  onTestFinished(() => s3.destroy());
  const object = { Bucket: 'assets', Key: 'configuration.json' };

  const read = await s3.send(new GetObjectCommand(object));

  expect(await read.Body?.transformToString()).toBe('{"a":1}');
  const names = async (command: Promise<unknown>) => command.catch((error: Error) => error.name);
  expect(await names(s3.send(new GetObjectCommand({ ...object, Key: 'another.json' })))).toBe('NoSuchKey');
  expect(await names(s3.send(new PutObjectCommand({ ...object, Body: '{}' })))).toBe('NotImplemented');
  expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
});

test('while it is away every request is answered with 503', async () => {
  const stand = createS3({ folder: temporaryFolder(), buckets: [LOCKED_BUCKET] });
  const { clientOptions } = await startServer({ s3: stand });
  const s3 = new S3Client(clientOptions);
  onTestFinished(() => s3.destroy());
  const list = () => s3.send(new ListBucketsCommand({}));

  stand.isAway = true;
  expect(await list().catch((error: Error) => error)).toMatchObject({
    name: 'ServiceUnavailable',
    $metadata: { httpStatusCode: 503 },
  });
  stand.isAway = false;

  expect((await list()).Buckets).toHaveLength(1);
});
