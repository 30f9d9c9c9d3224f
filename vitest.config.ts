import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// What still starts a process of its own loads the CDK or the AWS SDK: compiled once, they load in half the time.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

/** These start the whole program, in their own process or another, and set its environment; the last one changes timers. */
const PROGRAMS = [
  'test/local-run/**/*.test.ts',
  'test/bin/**/*.test.ts',
  'test/local/step-functions/long-timers.test.ts',
];

const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    globalSetup: ['test/unpack-chromium.ts'],
    // On two cores a third worker has something to do while the other two wait for a program that they have started.
    maxWorkers: 3,
    projects: [
      { test: { ...timeouts, name: 'programs', include: PROGRAMS } },
      // Everything else shares a few processes, so that what it imports is loaded once and not once for each file.
      { test: { ...timeouts, name: 'parts', include: ['test/**/*.test.ts'], exclude: PROGRAMS, isolate: false } },
    ],
  },
});
