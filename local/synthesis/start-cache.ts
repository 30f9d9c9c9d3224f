import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Below `node_modules`, which is never checked in and belongs to whoever runs this: what it says is executed. */
const FOLDER = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'lastpass-offboarding');

/** Every configuration of the tests, and some more from before the sources last changed. */
const MOST_ENTRIES = 60;

/** What one start has worked out for the next. It may be thrown away at any time. */
export interface StartCache {
  read(key: string): string | undefined;
  keep(key: string, text: string): void;
}

/**
 * Opens the cache, whether or not there is one. A crash while writing leaves a file that nobody reads; two starts that
 * write the same entry leave the last one whole.
 */
export function openStartCache(folder = FOLDER): StartCache {
  const fileOf = (key: string) => join(folder, `${key}.json`);
  return {
    read(key) {
      try {
        return readFileSync(fileOf(key), 'utf8');
      } catch {
        return undefined;
      }
    },
    /** Where nothing can be written, each start does the work again: slower, and otherwise the same. */
    keep(key, text) {
      const unfinished = `${fileOf(key)}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(unfinished, text, { mode: 0o600 });
        renameSync(unfinished, fileOf(key));
        forgetOldest(folder);
      } catch {
        // What is unfinished goes with the oldest.
      }
    },
  };
}

function forgetOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  // Another start may have removed one in the meantime.
  const writtenAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newestFirst = files.sort((one, other) => writtenAt(other) - writtenAt(one));
  for (const file of newestFirst.slice(MOST_ENTRIES)) rmSync(file, { force: true });
}
