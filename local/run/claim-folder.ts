import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder cannot be worked in, or another run works in it. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/**
 * Makes the data folder, if need be, and takes it for this process: two runs in one folder would carry out each other's
 * cases. What a killed process left is no obstacle.
 * @returns gives the folder back
 * @throws DataFolderError naming the process that has it, or that it cannot be written to
 */
export function claimFolder(folder: string): () => void {
  const file = join(folder, 'process-id');
  makeFolder(folder);
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (owner !== process.pid && isRunning(owner)) {
    throw new DataFolderError(
      `--data: ${folder} is in use by the process ${owner}; end it, choose another folder, or delete ${file} if that process is something else`,
    );
  }
  writeFileSync(file, `${process.pid}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new DataFolderError(`--data: ${folder} is no folder that can be written to; choose another`, { cause });
  }
}

function isRunning(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  try {
    // Signal 0 reaches nobody; it only asks.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Somebody else's process is there, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
