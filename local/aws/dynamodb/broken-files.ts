import { damagedFile, reportWriteFailure, unwritableFile } from '../../data/data-files.ts';

/**
 * dynalite throws what LevelDB fails with outside of any request, where nobody can catch it: a full disk as well as a damaged
 * file. Says it by the folder's name instead.
 * @returns stops watching
 */
export function tellOfBrokenFiles(folder: string): () => void {
  const listener = (error: unknown) => {
    if (!isOfDatabase(error)) throw error;
    const isOfDisk = 'code' in error && error.code === 'LEVEL_IO_ERROR';
    reportWriteFailure(isOfDisk ? unwritableFile(folder, error) : damagedFile(folder, 'cannot be read', error));
  };
  process.on('uncaughtException', listener);
  return () => process.off('uncaughtException', listener);
}

function isOfDatabase(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return code.startsWith('LEVEL_') || /[\\/](dynalite|classic-level|abstract-level)[\\/]/.test(error.stack ?? '');
}
