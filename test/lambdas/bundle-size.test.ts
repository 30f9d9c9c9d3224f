import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * The SDK is most of each. `import { z } from 'zod'` alone adds 350 KB (every language of its messages) and a tenth of a
 * second to each cold start; `import * as z` does not.
 */
const LARGEST_BUNDLE_BYTES = 700_000;

/** Functions that speak in Slack, or sign people in as well, carry those libraries: the page is the largest, at 840 KB. */
const WITH_SLACK = /^(announce-outcome|answer-approval|answer-slack|chase-approvals|request-approval)\./;
const LARGEST_BUNDLE_WITH_SLACK_BYTES = 900_000;

function limitOf(path: string): number {
  return WITH_SLACK.test(basename(path)) ? LARGEST_BUNDLE_WITH_SLACK_BYTES : LARGEST_BUNDLE_BYTES;
}

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
  const tooLarge = outputFiles.filter(({ path, contents }) => contents.byteLength > limitOf(path));
  expect(tooLarge.map(({ path, contents }) => `${basename(path)}: ${contents.byteLength}`)).toEqual([]);
});
