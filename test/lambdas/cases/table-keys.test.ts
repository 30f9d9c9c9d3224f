import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEY_STARTS } from '../../../lambdas/cases/table-keys.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SPELT_IN = ['lambdas/cases/table-keys.ts', 'lambdas/domain/case-id.ts'];
const files = globSync('{lambdas,lib}/**/*.ts', { cwd: ROOT }).filter((file) => !SPELT_IN.includes(file));

test('keys of the table are spelt in one file', () => {
  const spelling = new RegExp(
    [
      String.raw`\b[ps]k:`,
      String.raw`['"(]pk\b`,
      ...Object.values(KEY_STARTS).map((start) => `[\`'"]${start}\\*?[\`'"$]`),
    ].join('|'),
  );
  expect(spelling.test("Item: { pk: 'x' }")).toBe(true);
  expect(spelling.test("keysLike('link-*')")).toBe(true);

  expect(files.filter((file) => spelling.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});
