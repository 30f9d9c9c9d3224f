import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';

export const IMMEDIATE = 'test/fixtures/hr/immediate.json';

// A start takes two seconds of processor time; on a machine that does much else that is many seconds of waiting.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const running = new Set<ChildProcess>();
const folders: string[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes away with the test file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-run-'));
  folders.push(folder);
  return folder;
}

export interface Program {
  /** The address in its first line. Rejects when the program ends without one. */
  readonly url: Promise<string>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Everything printed so far. */
  printed(): string;
  complained(): string;
  /** Resolves with what matched, as soon as it is printed. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
}

/** `npm start -- ...args`, without npm between, so that signals and exit codes are the program's own. */
export function startProgram(
  args: readonly string[],
  options: { env?: Readonly<Record<string, string>>; nodeArgs?: readonly string[] } = {},
): Program {
  const { FORCE_COLOR: _colour, ...inherited } = process.env;
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), 'bin/start.ts', ...args], {
    env: { ...inherited, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let err = '';
  const watchers = new Set<() => void>();
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    for (const watch of watchers) watch();
  });

  function seen(pattern: RegExp): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const watch = () => {
      const match = pattern.exec(out);
      if (match) resolve(match);
    };
    watchers.add(watch);
    watch();
    void ended.then(() => reject(new Error(`the program ended without printing ${pattern}:\n${out}\n${err}`)));
    return promise.finally(() => watchers.delete(watch));
  }

  const url = seen(/http:\/\/127\.0\.0\.1:\d+/).then(([match]) => match);
  // A program that is meant to fail has no address; only who asks for it is told.
  url.catch(() => undefined);
  return { url, ended, printed: () => out, complained: () => err, seen, kill: (signal) => void child.kill(signal) };
}
