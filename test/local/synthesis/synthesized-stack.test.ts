import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { localConfig } from '../../../local/synthesis/local-config.ts';
import { sourceFingerprint, templateSources } from '../../../local/synthesis/source-fingerprint.ts';
import { openStartCache } from '../../../local/synthesis/start-cache.ts';
import { synthesizeStack } from '../../../local/synthesis/synthesize.ts';
import { synthesizedStack } from '../../../local/synthesis/synthesized-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthesized-stack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cache = openStartCache(join(folder, 'cache'));
const CHOICES = { contract: 'lastpass', lastPassUrl: 'https://lastpass.example.com/' } as const;
const fresh = synthesizeStack(localConfig(CHOICES));

function onlyEntry(): string {
  const [entry = '', ...others] = readdirSync(join(folder, 'cache'));
  expect(others).toEqual([]);
  return join(folder, 'cache', entry);
}

describe('a start uses what the last one synthesized', () => {
  test('it is what synthesizing anew gives: template and handlers', async () => {
    expect(await synthesizedStack(CHOICES, cache)).toEqual(fresh);

    expect(await synthesizedStack(CHOICES, cache)).toEqual(fresh);
  });

  test('the second start reads it, instead of synthesizing', async () => {
    const marked = readFileSync(onlyEntry(), 'utf8').replace('"Resources":{', '"Resources":{"Marked":{},');
    writeFileSync(onlyEntry(), marked);

    const { template } = await synthesizedStack(CHOICES, cache);

    expect(template).toHaveProperty('Resources.Marked');
  });

  test.each([
    { damage: 'cut short', of: (text: string) => text.slice(0, text.length / 2) },
    { damage: 'emptied', of: () => '' },
    { damage: 'of another shape', of: () => '{"template": {}, "document": "{}", "handlerFiles": {}}' },
  ])('an entry that was $damage is synthesized anew, and mended', async ({ of }) => {
    writeFileSync(onlyEntry(), of(readFileSync(onlyEntry(), 'utf8')));

    expect(await synthesizedStack(CHOICES, cache)).toEqual(fresh);
    expect(JSON.parse(readFileSync(onlyEntry(), 'utf8')).template).toEqual(fresh.template);
  });

  test('where nothing can be written it is synthesized each time', async () => {
    const noFolder = join(folder, 'no-folder');
    writeFileSync(noFolder, '');

    expect(await synthesizedStack(CHOICES, openStartCache(noFolder))).toEqual(fresh);
  });

  test('entries that nobody needs any more go', () => {
    const many = openStartCache(join(folder, 'many'));
    for (let index = 0; index < 70; index += 1) many.keep(`entry-${index}`, '{}');

    expect(readdirSync(join(folder, 'many'))).toHaveLength(60);
    expect(many.read('entry-69')).toBe('{}');
  });
});

describe('nothing else is taken for it', () => {
  const root = join(folder, 'repository');
  for (const path of [
    'lib/stack.ts',
    'lambdas/steps/step.ts',
    'package-lock.json',
    'local/synthesis/local-config.ts',
  ]) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), `// ${path}`);
  }
  const before = sourceFingerprint(root, CHOICES);

  test.each<{ change: string; make: (copy: string) => void }>([
    { change: 'a changed construct', make: (copy) => writeFileSync(join(copy, 'lib/stack.ts'), '// Changed') },
    { change: 'a changed handler', make: (copy) => writeFileSync(join(copy, 'lambdas/steps/step.ts'), '// Changed') },
    { change: 'a new file', make: (copy) => writeFileSync(join(copy, 'lambdas/new.ts'), '') },
    {
      change: 'a renamed file',
      make: (copy) => renameSync(join(copy, 'lib/stack.ts'), join(copy, 'lib/other.ts')),
    },
    { change: 'other packages', make: (copy) => writeFileSync(join(copy, 'package-lock.json'), '{}') },
    { change: 'other defaults', make: (copy) => writeFileSync(join(copy, 'local/synthesis/local-config.ts'), '') },
  ])('$change makes another fingerprint', ({ change, make }) => {
    const copy = join(folder, change);
    cpSync(root, copy, { recursive: true });
    expect(sourceFingerprint(copy, CHOICES)).toBe(before);

    make(copy);

    expect(sourceFingerprint(copy, CHOICES)).not.toBe(before);
  });

  test('another configuration makes another fingerprint, the same one does not', () => {
    expect(sourceFingerprint(root, { ...CHOICES })).toBe(before);
    for (const change of [{ contract: 'guide' }, { holdSeconds: 1 }, { configured: { hrSources: ['com.acme'] } }]) {
      expect(sourceFingerprint(root, { ...CHOICES, ...change })).not.toBe(before);
    }
  });

  test('every file that synthesizing imports is part of it, and the packages that are installed', () => {
    const repository = join(import.meta.dirname, '../../..');
    const imported = new Set(['local/synthesis/synthesize.ts', 'local/synthesis/local-config.ts']);
    for (const path of imported) {
      const imports = readFileSync(join(repository, path), 'utf8').matchAll(/^import (?!type)[^;]*?'(\.[^']+)'/gm);
      for (const [, name = ''] of imports) imported.add(relative(repository, resolve(repository, path, '..', name)));
    }

    const sources = templateSources(repository);

    expect(imported.size).toBeGreaterThan(20);
    expect([...imported].filter((path) => !sources.includes(path))).toEqual([]);
    expect(sources).toContain('node_modules/.package-lock.json');
  });
});
