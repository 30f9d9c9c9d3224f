import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const HANDLERS = globSync('lambdas/**/*.lambda.ts', { cwd: ROOT });

/**
 * The SDK is most of each. `import { z } from 'zod'` alone adds 350 KB (every language of its messages) and a tenth of a
 * second to each cold start; `import * as z` does not.
 */
const LARGEST_BUNDLE_BYTES = 700_000;

/** Functions that speak in Slack, or sign people in as well, carry those libraries: the page is the largest, at 840 KB. */
const WITH_SLACK = /^(announce-outcome|answer-approval|answer-slack|chase-approvals|request-approval)\./;
const SLACK_BYTES = 200_000;

/** Functions that read the configuration document carry the client of S3, of which nothing runs before they do. */
const DOCUMENT_BYTES = 190_000;
const readsDocument = (handler: string) => readFileSync(join(ROOT, handler), 'utf8').includes('configurationFrom(');

function limitOf(handler: string): number {
  const ofSlack = WITH_SLACK.test(basename(handler)) ? SLACK_BYTES : 0;
  return LARGEST_BUNDLE_BYTES + ofSlack + (readsDocument(handler) ? DOCUMENT_BYTES : 0);
}

let metafile: Metafile;
beforeAll(async () => {
  const built = await build({
    absWorkingDir: ROOT,
    entryPoints: HANDLERS,
    outdir: 'unused',
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  metafile = built.metafile;
});

it('keeps every function small enough to start quickly', () => {
  const sizes = Object.values(metafile.outputs).flatMap(({ entryPoint, bytes }) =>
    entryPoint === undefined ? [] : [{ handler: entryPoint, bytes }],
  );
  expect(sizes).toHaveLength(HANDLERS.length);
  const tooLarge = sizes.filter(({ handler, bytes }) => bytes > limitOf(handler));
  expect(tooLarge.map(({ handler, bytes }) => `${basename(handler)}: ${bytes}`)).toEqual([]);
});

it('starts no function with the client of S3 but the one that seals evidence: it is loaded with the document', () => {
  const isClient = (path: string) => path.includes('@aws-sdk/client-s3/');
  const starting = HANDLERS.filter((handler) => [...startedWith(handler)].some(isClient));
  expect(starting.map((handler) => basename(handler))).toEqual(['seal-evidence.lambda.ts']);
  expect(HANDLERS.filter(readsDocument).length).toBe(9);
});

/** Every file that runs at a function's cold start. */
function startedWith(path: string, reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(path)) return reached;
  reached.add(path);
  for (const imported of metafile.inputs[path]?.imports ?? []) {
    if (imported.kind !== 'dynamic-import') startedWith(imported.path, reached);
  }
  return reached;
}
