import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** A file of the data folder is not what was written, or cannot be written. Says which, and what to do. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
}

/** A file that was there and is now damaged or gone. `what` follows its name, such as "is empty". */
export function damagedFile(file: string, what: string, cause?: unknown): DataFileError {
  const remedy =
    'Nothing was started, so that nothing is lost without a word. Put it back from a copy of the data folder, or begin anew in another folder (--data)';
  return new DataFileError(`${file} ${what}. ${remedy}.`, { cause });
}

/** A file that cannot be written any more. */
export function unwritableFile(file: string, cause: unknown): DataFileError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  const why = WHY.get(code) ?? code;
  return new DataFileError(
    `${file} cannot be written: ${why}. Mend that and start again: what was told before is kept, and unfinished cases go on from there.`,
    { cause },
  );
}

const WHY = new Map([
  ['ENOSPC', 'the disk is full (ENOSPC)'],
  ['EDQUOT', 'the disk quota is used up (EDQUOT)'],
  ['EFBIG', 'files may not become larger (EFBIG)'],
  ['EROFS', 'the file system is read-only (EROFS)'],
  ['EACCES', 'this user may not (EACCES)'],
  ['EPERM', 'this user may not (EPERM)'],
  ['EIO', 'the disk does not answer (EIO)'],
  ['LEVEL_IO_ERROR', 'its files could not be written, as where the disk is full (LEVEL_IO_ERROR)'],
]);

let tell = (error: DataFileError): void => {
  throw error;
};

/**
 * Who is told, besides the caller, that something cannot be written. A program should end at once: a stand-in that goes on
 * without its files would answer what it forgets.
 */
export function onWriteFailure(listener: (error: DataFileError) => void): void {
  tell = listener;
}

/** Tells that something cannot be written. */
export function reportWriteFailure(error: DataFileError): DataFileError {
  tell(error);
  return error;
}

/** The value of a JSON file, or `undefined` where there is none. `@throws DataFileError` */
export function readJsonFile<Value>(file: string, schema: z.ZodType<Value>): Value | undefined {
  return existsSync(file) ? parseJsonText(file, readFileSync(file, 'utf8'), schema) : undefined;
}

/** JSON that stood in a file. `where` tells which part of it. `@throws DataFileError` without anything of the content */
export function parseJsonText<Value>(file: string, text: string, schema: z.ZodType<Value>, where = ''): Value {
  if (text.trim() === '') throw damagedFile(file, `is empty${where}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damagedFile(file, `is not JSON${where}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 3).map(({ path }) => path.join('.') || 'the whole');
  throw damagedFile(file, `has another form than was written${where} (${fields.join(', ')})`);
}

/** Writes a whole file, or leaves it as it was: a process that is killed meanwhile leaves no half of one. */
export function writeWholeFile(file: string, content: string | Uint8Array): void {
  writing(file, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, content, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  });
}

/** Adds to a file. Synchronous, so that what was acted upon is written even if the process is killed right after. */
export function appendToFile(file: string, text: string): void {
  writing(file, () => appendFileSync(file, text, { mode: 0o600 }));
}

/** Whatever writes, with its failure told by name. `@throws DataFileError` */
export function writing<Result>(file: string, write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    throw reportWriteFailure(unwritableFile(file, cause));
  }
}

/** A value as a file holds it, for people to read. */
export function jsonFileText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
