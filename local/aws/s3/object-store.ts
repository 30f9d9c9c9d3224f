import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import {
  damagedFile,
  jsonFileText,
  parseJsonText,
  reportWriteFailure,
  unwritableFile,
  writeWholeFile,
} from '../../data/data-files.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { isLocked, retentionSchema } from './object-lock.ts';

const versionSchema = z.object({
  versionId: z.string(),
  lastModified: z.iso.datetime(),
  isDeleteMarker: z.boolean(),
  size: z.number(),
  etag: z.string(),
  contentType: z.string(),
  /** `x-amz-meta-…`, `x-amz-checksum-…`, `content-encoding` and the like, answered as they came. */
  headers: z.record(z.string(), z.string()),
  retention: retentionSchema.optional(),
});
const objectSchema = z.object({ key: z.string(), versions: z.array(versionSchema) });

export type ObjectVersion = z.infer<typeof versionSchema>;
/** All versions of one key, the newest last. */
type StoredObject = z.infer<typeof objectSchema>;

/**
 * One bucket on disk. Contents and metadata of every version live under `.s3/<bucket>`, named by the key's hash, so that
 * no key can reach outside; `<bucket>/<key>` is a copy of the newest content for people to read. All file work is
 * synchronous: a conditional write is one step for all requests, and an answer means that it is on disk.
 */
export class ObjectStore {
  readonly #readable: string;
  readonly #store: string;

  constructor(folder: string, bucket: string) {
    this.#readable = join(folder, bucket);
    this.#store = join(folder, '.s3', bucket);
    mkdirSync(this.#readable, { recursive: true, mode: 0o700 });
    mkdirSync(this.#store, { recursive: true, mode: 0o700 });
  }

  /** Reads everything once, and makes anew what people read. `@throws DataFileError` naming an object whose content is gone or is not what was put */
  assertWhole(): void {
    for (const { key, versions } of this.list()) {
      const newest = versions.at(-1);
      for (const version of versions.filter(({ isDeleteMarker }) => !isDeleteMarker)) {
        const path = this.#contentPath(key, version.versionId);
        if (!existsSync(path)) throw damagedFile(path, 'is missing');
        if (etagOf(readFileSync(path)) !== version.etag) throw damagedFile(path, 'is not what was put');
        if (version === newest) makeReadable(path, this.#readablePath(key));
      }
    }
  }

  get createdAt(): Date {
    return statSync(this.#store).birthtime;
  }

  /** All keys in the order of their UTF-8 bytes, as S3 lists them. */
  list(): StoredObject[] {
    return readdirSync(this.#store)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readObject(join(this.#store, name)))
      .sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)));
  }

  find(key: string): StoredObject | undefined {
    const path = join(this.#store, `${hashOf(key)}.json`);
    return existsSync(path) ? readObject(path) : undefined;
  }

  /** The newest version, unless that is a delete marker. */
  current(key: string): ObjectVersion | undefined {
    const newest = this.find(key)?.versions.at(-1);
    return newest?.isDeleteMarker ? undefined : newest;
  }

  content(key: string, version: ObjectVersion): Buffer {
    return readFileSync(this.#contentPath(key, version.versionId));
  }

  /** Adds a version; the earlier ones stay. `@throws AwsError InvalidArgument` for a key that is no relative path. */
  put(
    key: string,
    content: Buffer,
    about: Pick<ObjectVersion, 'contentType' | 'headers' | 'retention'>,
  ): ObjectVersion {
    const readable = this.#readablePath(key);
    const version: ObjectVersion = {
      ...about,
      versionId: newVersionId(),
      lastModified: new Date().toISOString(),
      isDeleteMarker: false,
      size: content.length,
      etag: etagOf(content),
    };
    const path = this.#contentPath(key, version.versionId);
    writeWholeFile(path, content);
    makeReadable(path, readable);
    this.#append(key, version);
    return version;
  }

  /** What deleting without a version does in a versioned bucket: a marker hides the object, and nothing is lost. */
  hide(key: string): ObjectVersion {
    const lastModified = new Date().toISOString();
    const nothing = { size: 0, etag: '', contentType: '', headers: {} };
    const marker = { ...nothing, versionId: newVersionId(), lastModified, isDeleteMarker: true };
    rmSync(this.#readablePath(key), { force: true });
    this.#append(key, marker);
    return marker;
  }

  /** Deletes one version for good. `@throws AwsError AccessDenied` while it is locked. */
  deleteVersion(key: string, versionId: string): void {
    const object = this.find(key);
    const version = object?.versions.find((candidate) => candidate.versionId === versionId);
    if (object === undefined || version === undefined) return;
    if (isLocked(version.retention, new Date())) {
      throw new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
    }
    this.#save({ key, versions: object.versions.filter((candidate) => candidate !== version) });
    rmSync(this.#contentPath(key, versionId), { force: true });
    const newest = this.current(key);
    if (newest === undefined) rmSync(this.#readablePath(key), { force: true });
    else makeReadable(this.#contentPath(key, newest.versionId), this.#readablePath(key));
  }

  #append(key: string, version: ObjectVersion): void {
    this.#save({ key, versions: [...(this.find(key)?.versions ?? []), version] });
  }

  /** The rename is the commit: a process killed before it leaves the object as it was. */
  #save(object: StoredObject): void {
    const path = join(this.#store, `${hashOf(object.key)}.json`);
    if (object.versions.length === 0) {
      rmSync(path, { force: true });
      return;
    }
    writeWholeFile(path, jsonFileText(object));
  }

  #contentPath(key: string, versionId: string): string {
    return join(this.#store, `${hashOf(key)}.${versionId}`);
  }

  #readablePath(key: string): string {
    const segments = key.split('/');
    const isPath = segments.every((segment) => !['', '.', '..'].includes(segment) && segment.length <= 255);
    if (!isPath || /[\\\0]/.test(key)) {
      throw new AwsError(
        'InvalidArgument',
        'the key must be a relative path: no empty, "." or ".." part, no backslash',
      );
    }
    return join(this.#readable, ...segments);
  }
}

function makeReadable(source: string, target: string): void {
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    copyFileSync(source, target);
  } catch (error) {
    if (!isInTheWay(error)) throw reportWriteFailure(unwritableFile(target, error));
    throw new AwsError('InvalidArgument', 'the key is a folder of another key, which files on disk cannot be');
  }
}

function isInTheWay(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EISDIR', 'ENOTDIR', 'EEXIST'].includes(String(error.code));
}

function readObject(path: string): StoredObject {
  return parseJsonText(path, readFileSync(path, 'utf8'), objectSchema);
}

function etagOf(content: Uint8Array): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function newVersionId(): string {
  return randomBytes(16).toString('hex');
}
