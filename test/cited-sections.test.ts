import { describe, expect, test } from 'vitest';
import { sectionsOf, strayCitations, unlistedSources } from './cited-sections.ts';
import { readSources } from './source-tree.ts';

const OWN = 'test/cited-sections';
const SOURCES = readSources('{lambdas,lib,bin,local,bench,test}/**/*.ts').filter(({ path }) => !path.startsWith(OWN));

describe('every section of a document that a comment cites', () => {
  test('comments that cite were found', () => {
    const cites = (document: string) => SOURCES.filter(({ text }) => text.includes(`${document} section`)).length;
    expect(cites('docs/lastpass-contract.md')).toBeGreaterThan(25);
    expect(cites('docs/hr-events.md')).toBeGreaterThan(5);
  });

  test('exists, and is cited in the one way', () => {
    const stray = SOURCES.flatMap(({ path, text }) => strayCitations(text).map((citation) => `${path}: ${citation}`));
    expect(stray).toEqual([]);
  });

  test('is found where headings and rows are numbered, and where they are not', () => {
    expect([...sectionsOf('docs/lastpass-contract.md')]).toEqual(
      expect.arrayContaining(['a', 'a.0', 'b', 'c.26', 'e']),
    );
    expect([...sectionsOf('docs/hr-events.md')]).toContain('EventBridge and Step Functions');
  });
});

describe('a citation that leads nowhere is found', () => {
  test.each([
    [
      'of a section that is not there',
      '// docs/lastpass-contract.md section a.42',
      'docs/lastpass-contract.md section a.42',
    ],
    [
      'of a row that is not there',
      '/** (docs/lastpass-contract.md section c.99). */',
      'docs/lastpass-contract.md section c.99',
    ],
    [
      'the second of two',
      '// docs/lastpass-contract.md sections a.1 and a.42.',
      'docs/lastpass-contract.md section a.42',
    ],
    [
      'the end of several',
      '// docs/lastpass-contract.md sections a.1 to a.42',
      'docs/lastpass-contract.md section a.42',
    ],
    [
      'that goes on in the next line',
      '/**\n * It says so (docs/lastpass-contract.md section\n * a.42).\n */',
      'docs/lastpass-contract.md section a.42',
    ],
    [
      'in short',
      '// docs/lastpass-contract.md section c\n/** Odd (a.1, c.99). */',
      'docs/lastpass-contract.md section c.99',
    ],
    ['by a heading that is not there', '// docs/hr-events.md section "Acorn"', 'docs/hr-events.md section Acorn'],
    ['of no section', '// see docs/hr-events.md.', 'docs/hr-events.md'],
    ['of a document without its folder', '// lastpass-contract.md section a.1', 'lastpass-contract.md'],
  ])('%s', (_what, source, citation) => {
    expect(strayCitations(source)).toEqual([citation]);
  });

  test.each([
    ['one that is there', '// docs/lastpass-contract.md section a.1, and more'],
    [
      'several that are there',
      '// (docs/lastpass-contract.md sections a.1 to a.7) or docs/hr-events.md section "Okta"',
    ],
    ['a short form where nothing is cited', 'call(a.42)'],
  ])('%s is none', (_what, source) => {
    expect(strayCitations(source)).toEqual([]);
  });
});

test('every source that the contract names is listed at its end', () => {
  expect(unlistedSources('docs/lastpass-contract.md')).toEqual([]);
});
