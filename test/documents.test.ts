import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingPaths } from './named-paths.ts';
import { readSources } from './source-tree.ts';
import { strayedFrom, walksIn } from './walks.ts';

const ROOT = join(import.meta.dirname, '..');
const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'test/**/*.md'], { cwd: ROOT });

describe('every path that a document names', () => {
  test('the documents were found', () => {
    expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'docs/design.md', 'docs/operator-runbook.md']));
  });

  test.each(DOCUMENTS)('exists: %s', (document) => {
    expect(missingPaths(dirname(document), readFileSync(join(ROOT, document), 'utf8'))).toEqual([]);
  });
});

describe('a path that is not there is found', () => {
  test.each([
    ['from the top', 'see `lambdas/steps/fly-away.ts`', 'lambdas/steps/fly-away.ts'],
    ['within a room', '| `steps/fly-away.ts` |', 'steps/fly-away.ts'],
    ['within a room that is gone', '`aviary/delete-account.ts`', 'aviary/delete-account.ts'],
    ['by its name alone', '`hr-sources/public-fetch.ts`, `fly-away.ts`', 'fly-away.ts'],
    ['a folder', 'samples lie in `test/fixtures/aviary/`', 'test/fixtures/aviary/'],
    ['a sample', '`bamboohr/flown.json`', 'bamboohr/flown.json'],
    ['one of several words', '`npm start -- test/fixtures/hr/flown.json`', 'test/fixtures/hr/flown.json'],
    ['in what is to be typed', '```sh\nnpx vitest run test/lib/flown.test.ts\n```', 'test/lib/flown.test.ts'],
    ['with a placeholder', '`lambdas/aviary/<name>.ts`', 'lambdas/aviary/<name>.ts'],
    ['in a link', '[the flow](../lib/aviary.ts#nest)', '../lib/aviary.ts'],
    ['of a picture', '<img src="images/flown.png" width="560">', 'images/flown.png'],
  ])('%s', (_where, text, path) => {
    expect(missingPaths('docs', text)).toEqual([path]);
  });
});

test.each([
  ['a comment', '<!-- `lambdas/steps/fly-away.ts` -->'],
  ['an address', '`https://lastpass.example.com/lambdas/fly-away` and [this](https://example.com/x.ts)'],
  ['a media type', '`application/json`, `text/xml`'],
  ['a path without a file', '`/approvals/<link>`, `GET /employees/1`'],
  ['what is there', '`lambdas/steps/<name>.ts`, `x.lambda.ts`, `steps/delete-account.ts`, [it](design.md)'],
])('%s is none that is missing', (_what, text) => {
  expect(missingPaths('docs', text)).toEqual([]);
});

describe('a walk through the files', () => {
  const sources = readSources('{lib,lambdas}/**/*.ts');
  const walks = walksIn(readFileSync(join(ROOT, 'docs/design.md'), 'utf8'));

  test('there is one of a leaver, of an approval and of a secret', () => {
    expect(walks.map(({ title }) => title)).toEqual(['Follow one leaver', 'Follow one approval', 'Follow one secret']);
  });

  test.each(walks)('$title: each file leads to the next, or one before it does', (walk) => {
    expect(walk.files.length).toBeGreaterThan(10);
    expect(strayedFrom(walk, sources)).toEqual([]);
  });

  test.each([
    ['that is not there', 'lambdas/steps/fly-away.ts'],
    ['to which none leads', 'lambdas/slack/slack-nonce.ts'],
    ['of a function that another deploys', 'lambdas/source-watch/watch-sources.ts'],
  ])('a file %s is found', (_what, path) => {
    const files = ['lib/workflow-functions.ts', 'lambdas/steps/open-case.ts', path];
    expect(strayedFrom({ title: '', files }, sources)).toEqual([path]);
  });
});
