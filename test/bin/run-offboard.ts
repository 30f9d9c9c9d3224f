import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface Ran {
  readonly code: number | null;
  readonly printed: string;
  readonly complained: string;
  /** Standard output as JSON. */
  json(): unknown;
}

/** `offboard ...args` as a process of its own, with nothing of the shell's own AWS settings. */
export function runOffboard(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, ['bin/offboard.ts', ...args], {
    env: { PATH, TMPDIR, NODE_COMPILE_CACHE, HOME: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, printed, complained, json: () => JSON.parse(printed) }));
  });
}
