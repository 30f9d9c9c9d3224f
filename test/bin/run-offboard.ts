import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { vi } from 'vitest';
import { giveCommand } from '../../bin/offboard/give-command.ts';

export interface Ran {
  readonly code: number | null;
  readonly printed: string;
  readonly complained: string;
  /** Standard output as JSON. */
  json(): unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Nothing of the shell's own AWS settings. */
function environmentOf(given: Environment): Environment {
  const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  return { PATH, TMPDIR, NODE_COMPILE_CACHE, HOME: tmpdir(), ...given };
}

function ranTo(code: number | null, printed: string, complained: string): Ran {
  return { code, printed, complained, json: () => JSON.parse(printed) };
}

let last: Promise<unknown> = Promise.resolve();

/** `offboard ...args` in this process, one command after the other: what a process adds takes half a second each time. */
export function runOffboard(args: readonly string[], env: Environment = {}): Promise<Ran> {
  const mine = last.then(() => giveHere(args, env));
  last = mine.catch(() => undefined);
  return mine;
}

async function giveHere(args: readonly string[], env: Environment): Promise<Ran> {
  const outside = process.env;
  let printed = '';
  let complained = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  process.env = { ...environmentOf(env) };
  try {
    const code = await giveCommand(args);
    return ranTo(code, printed, complained);
  } finally {
    process.env = outside;
    out.mockRestore();
    err.mockRestore();
  }
}

/** `offboard ...args` as a process of its own, as its user runs it. */
export function spawnOffboard(args: readonly string[], env: Environment = {}): Promise<Ran> {
  const child = spawn(process.execPath, ['bin/offboard.ts', ...args], {
    env: environmentOf(env),
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
    child.once('close', (code) => resolve(ranTo(code, printed, complained)));
  });
}
