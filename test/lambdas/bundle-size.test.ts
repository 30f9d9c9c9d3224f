import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const HANDLERS = globSync('lambdas/**/*.lambda.ts', { cwd: ROOT });

/**
 * The largest today is about 620 KB, of which the SDK is most. `import { z } from 'zod'` alone adds 350 KB (every
 * language of its messages) and a tenth of a second to each cold start; `import * as z` does not.
 */
const LARGEST_BUNDLE_BYTES = 700_000;

it.each(HANDLERS)('a cold start of %s loads no more than it needs', async (handler) => {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, handler)],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  expect(outputFiles[0]?.contents.byteLength).toBeLessThan(LARGEST_BUNDLE_BYTES);
});
