import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/unpack-chromium.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: a third worker only makes the other two wait.
    maxWorkers: 2,
  },
});
