import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { damagedFile } from '../../data/data-files.ts';

/**
 * LevelDB finds its tables by the file CURRENT, which names the manifest. Where CURRENT is gone it makes an empty database
 * beside the old files, without a word.
 * @throws DataFileError
 */
export function assertLevelFiles(folder: string): void {
  if (!existsSync(folder) || !readdirSync(folder).some((name) => /^(MANIFEST-|\d+\.)/.test(name))) return;
  const current = join(folder, 'CURRENT');
  if (!existsSync(current)) throw damagedFile(current, 'is missing');
  const named = /^(MANIFEST-\d+)\n$/.exec(readFileSync(current, 'utf8'))?.[1];
  if (named === undefined) throw damagedFile(current, 'names no manifest');
  const manifest = join(folder, named);
  if (!existsSync(manifest)) throw damagedFile(manifest, 'is missing');
  if (statSync(manifest).size === 0) throw damagedFile(manifest, 'is empty');
}
