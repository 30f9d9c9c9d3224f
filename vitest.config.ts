import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Each file runs in a process of its own, and a dozen of them load the CDK: compiled once, it loads in half the time.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

export default defineConfig({
  test: {
    globalSetup: ['test/unpack-chromium.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On two cores a third worker has something to do while the other two wait for a program that they have started.
    maxWorkers: 3,
  },
});
