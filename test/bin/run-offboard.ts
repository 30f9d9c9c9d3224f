import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Dozens of starts need not compile the SDK's code again. */
const COMPILE_CACHE = join(tmpdir(), 'lastpass-offboarding-compile-cache');

export interface Ran {
  readonly code: number | null;
  readonly printed: string;
  readonly complained: string;
  /** Standard output as JSON. */
  json(): unknown;
}

/** `offboard ...args` as a process of its own, with nothing of the shell's own AWS settings. */
export function runOffboard(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, ['bin/offboard.ts', ...args], {
    env: { PATH: process.env.PATH, HOME: tmpdir(), NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
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
