import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FROM =
  /(?:^|\n)(?:import|export)\s[^;]*?from\s+'([^']+)'|(?:^|[^\w.])import\(\s*'([^']+)'|(?:^|\n)import\s+'([^']+)'/g;

interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Files of this repository by their path; packages by their name. */
  readonly imports: readonly string[];
}

function read(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = [...text.matchAll(FROM)].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '');
  const resolve = (name: string) => (name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), name)) : name);
  return { path, text, imports: imports.map(resolve) };
}

const sources = globSync('{bin,lib,lambdas,local}/**/*.ts', {
  cwd: ROOT,
  exclude: (name) => name.endsWith('.d.ts'),
}).map(read);

/** Imports from files of one folder that the rule does not allow, each as "who → what". */
function breaches(folder: string, isAllowed: (imported: string, by: string) => boolean): readonly string[] {
  return sources
    .filter(({ path }) => path.startsWith(folder))
    .flatMap(({ path, imports }) =>
      imports.filter((imported) => !isAllowed(imported, path)).map((imported) => `${path} → ${imported}`),
    );
}

const isIn =
  (...folders: readonly string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(folder));

describe('what may import what', () => {
  test('the files were found, and their imports read', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(read('lambdas/cases/dynamo-case-store.ts').imports).toEqual([
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/lib-dynamodb',
      'zod',
      'lambdas/domain/offboarding-case.ts',
      'lambdas/cases/case-store.ts',
      'lambdas/cases/errors.ts',
      'lambdas/cases/table-keys.ts',
    ]);
  });

  test('the domain knows nothing but shapes, hashes, time and how domains are spelled', () => {
    const packages = ['zod', 'node:crypto', 'node:url', 'temporal-polyfill'];
    expect(
      breaches('lambdas/domain/', (name) => packages.includes(name) || name.startsWith('lambdas/domain/')),
    ).toEqual([]);
  });

  test('what runs on AWS knows neither how it is deployed nor what stands in for AWS', () => {
    expect(breaches('lambdas/', (name) => !isIn('lib/', 'local/', 'bin/', 'test/')(name))).toEqual([]);
    expect(breaches('lambdas/', (name) => !isIn('aws-cdk-lib', 'constructs', 'dynalite', 'aws-local')(name))).toEqual(
      [],
    );
  });

  test('stores, mail, evidence, secrets and LastPass serve the steps and do not know them', () => {
    for (const folder of ['cases', 'mail', 'evidence', 'secrets', 'lastpass']) {
      const allowed = isIn(`lambdas/${folder}/`, 'lambdas/domain/', 'lambdas/secrets/');
      const isPackage = (name: string) => !name.startsWith('lambdas/');
      expect(breaches(`lambdas/${folder}/`, (name) => isPackage(name) || allowed(name))).toEqual([]);
    }
  });

  test('the stack takes names and shapes from what runs, nothing that does anything', () => {
    const shapes = isIn(
      'lambdas/domain/',
      'lambdas/environment.ts',
      'lambdas/cases/table-keys.ts',
      'lambdas/hr-sources/hr-notification.ts',
      'lambdas/hr-sources/vendors/hr-sources.ts',
      'lambdas/hr-sources/hr-system.ts',
      'lambdas/lastpass/contract.ts',
      'lambdas/step-up/oidc-settings.ts',
      'lambdas/source-watch/watched-source.ts',
    );
    expect(breaches('lib/', (name) => !isIn('lambdas/', 'local/', 'bin/', 'test/')(name) || shapes(name))).toEqual([]);
  });

  test('what stands in for AWS is known to the program that starts it, and to tests', () => {
    const isKnown = (by: string) => isIn('bin/', 'local/')(by);
    for (const folder of ['lib/', 'lambdas/', 'bin/', 'local/']) {
      expect(breaches(folder, (name, by) => !name.startsWith('local/') || isKnown(by))).toEqual([]);
      expect(breaches(folder, (name) => !name.startsWith('test/'))).toEqual([]);
    }
  });
});

describe('who builds what', () => {
  const isWiring = (path: string) => path.endsWith('.lambda.ts') || path.endsWith('-from-environment.ts');
  const logic = sources.filter(({ path }) => path.startsWith('lambdas/') && !isWiring(path));

  test('AWS clients are built where functions are wired, and in the one place that opens the table', () => {
    const builders = logic.filter(({ text }) => /new [A-Z]\w*Client\(/.test(text) && text.includes("'@aws-sdk/"));
    expect(builders.map(({ path }) => path)).toEqual(['lambdas/cases/case-table.ts']);
  });

  test('the process environment is read in one place', () => {
    const readers = sources.filter(({ path, text }) => path.startsWith('lambdas/') && text.includes('process.env'));
    expect(readers.map(({ path }) => path)).toEqual(['lambdas/environment.ts']);
  });

  test('the environment is asked for once per cold start, by the wiring', () => {
    expect(logic.filter(({ text }) => text.includes('readEnvironment(')).map(({ path }) => path)).toEqual([]);
  });

  test('steps and endpoints neither sleep nor loop to retry: Step Functions does', () => {
    const sleepers = logic.filter(({ text }) => /\bsetTimeout\(|timers\/promises/.test(text));
    expect(sleepers.map(({ path }) => path)).toEqual([]);
  });

  test('nothing is written to the console: what is logged goes through the one logger', () => {
    const writers = sources.filter(({ path, text }) => path.startsWith('lambdas/') && /\bconsole\./.test(text));
    expect(writers.map(({ path }) => path)).toEqual([]);
  });
});
