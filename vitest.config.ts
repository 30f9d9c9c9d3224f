import { defineConfig } from 'vitest/config';
import { useRunFolder } from './test/run-folder.ts';

useRunFolder();

/** These start the whole program, in their own process or another, and set its environment; the last one changes timers. */
const PROGRAMS = [
  'test/local-run/**/*.test.ts',
  'test/bin/**/*.test.ts',
  'test/local/aws/step-functions/long-timers.test.ts',
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
