import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { damagedFile, jsonFileText, readJsonFile, writeWholeFile } from './data-files.ts';

/** What is only written for people to read, or by one process for itself. */
const NOT_NEEDED = /^(process-id|contents\.json|lastpass-calls\.jsonl|.*\.new)$/;

/**
 * What a data folder holds by name. A store that is gone would begin anew as if nothing had ever been in it.
 * @throws DataFileError naming what was there at the last start or end and is not any more
 */
export function openContents(folder: string): { note(): void } {
  const file = join(folder, 'contents.json');
  for (const name of readJsonFile(file, z.array(z.string())) ?? []) {
    if (!existsSync(join(folder, name))) throw damagedFile(join(folder, name), 'is missing');
  }
  return {
    note() {
      const names = readdirSync(folder).filter((name) => !NOT_NEEDED.test(name));
      writeWholeFile(file, jsonFileText(names.sort()));
    },
  };
}
