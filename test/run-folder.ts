import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'lastpass-offboarding-tests-';

/** Kept from run to run, and thrown away with `node_modules`: the unpacked browser and compiled code. */
export const KEPT_FOLDER = join(import.meta.dirname, '..', 'node_modules', '.cache', 'lastpass-offboarding-tests');

/**
 * Makes one folder the temporary folder of this process and of all that it starts, and removes it when this process
 * ends, Ctrl-C included. What a killed run left is removed by the next one.
 */
export function useRunFolder(): void {
  const outside = realpathSync(tmpdir());
  for (const name of readdirSync(outside)) {
    if (name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length).split('-')[0])))
      remove(join(outside, name));
  }
  const folder = mkdtempSync(join(outside, `${PREFIX}${process.pid}-`));
  mkdirSync(KEPT_FOLDER, { recursive: true });
  process.env.TMPDIR = folder;
  process.env.NODE_COMPILE_CACHE = join(KEPT_FOLDER, 'compiled');
  process.once('exit', () => remove(folder));
  // Without a listener a signal ends the process at once, and nothing would be removed.
  for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15 }))
    process.once(signal, () => process.exit(128 + number));
}

/** A child that is just ending may still write while its folder goes; what is left then goes with the next run. */
function remove(folder: string): void {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
