import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * The largest today is the approval page with 840 KB, of which the SDK is most, then zod, time zones, Slack and OpenID. `import { z } from 'zod'` alone adds 350 KB (every
 * language of its messages) and a tenth of a second to each cold start; `import * as z` does not.
 */
const LARGEST_BUNDLE_BYTES = 900_000;

it('keeps every function small enough to start quickly', async () => {
  const handlers = globSync('lambdas/**/*.lambda.ts', { cwd: ROOT });
  const { outputFiles } = await build({
    entryPoints: handlers.map((handler) => join(ROOT, handler)),
    outdir: 'unused',
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  expect(outputFiles).toHaveLength(handlers.length);
  const tooLarge = outputFiles.filter(({ contents }) => contents.byteLength > LARGEST_BUNDLE_BYTES);
  expect(tooLarge.map(({ path, contents }) => `${basename(path)}: ${contents.byteLength}`)).toEqual([]);
});
