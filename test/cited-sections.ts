import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

const CONTRACT = 'docs/lastpass-contract.md';
const HR_EVENTS = 'docs/hr-events.md';

const MENTION = /(?:[\w/-]*\/)?(?:lastpass-contract|hr-events)\.md\b/g;

/** What stands behind a document's name: `section a.1`, `sections a.1 and a.5`, `sections a.1 to a.7`; `section "Okta"`. */
const SECTIONS: Readonly<Record<string, RegExp>> = {
  [CONTRACT]: /^ sections? ([a-e](?:\.\d+)?\b(?:(?:, | and | to )[a-e](?:\.\d+)?\b)*)/,
  [HR_EVENTS]: /^ sections? ("[^"]+"(?: and "[^"]+")*)/,
};

const ONE = /"([^"]+)"|\b([a-e](?:\.\d+)?)\b/g;

/** A file that names the contract once may cite `(a.1)` or `(a.2, c.12)` from there on. */
const SHORT = /\(([a-e]\.\d+(?:, [a-e]\.\d+)*)\)/g;

/** Sections of a document by which it is cited: its headings, and rows of a table that begin with a number of that kind. */
export function sectionsOf(path: string): ReadonlySet<string> {
  const text = readFileSync(join(ROOT, path), 'utf8').replace(/^```.*?^```$/gms, '');
  const headings = [...text.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) => title);
  if (path !== CONTRACT) return new Set(headings);
  const letters = headings.flatMap((title) => /^([a-e](?:\.\d+)?)\.? /.exec(title)?.[1] ?? []);
  const rows = [...text.matchAll(/^\| ([a-e]\.\d+) \|/gm)].map(([, number = '']) => number);
  return new Set([...letters, ...rows]);
}

/** What a file cites of these documents and cannot be found there; a mention without a section is one of them. */
export function strayCitations(source: string): readonly string[] {
  // A comment goes on in its next line.
  const text = source.replace(/\n[ \t]*(?:\*(?!\/)|\/\/)[ \t]?/g, ' ');
  const mentions = [...text.matchAll(MENTION)];
  const stray = mentions.flatMap(({ 0: document, index }) => {
    const list = SECTIONS[document]?.exec(text.slice(index + document.length))?.[1];
    if (list === undefined) return [document];
    return [...list.matchAll(ONE)]
      .map(([, title, number = '']) => title ?? number)
      .filter((section) => !sectionsOf(document).has(section))
      .map((section) => `${document} section ${section}`);
  });
  if (!mentions.some(([document]) => document === CONTRACT)) return stray;
  const short = [...text.matchAll(SHORT)].flatMap(([, list = '']) => list.split(', '));
  const known = sectionsOf(CONTRACT);
  return [
    ...stray,
    ...short.filter((section) => !known.has(section)).map((section) => `${CONTRACT} section ${section}`),
  ];
}

/** Sources that a document names in its text and does not list in its last table, as `S1–S3` or `S31, S32`. */
export function unlistedSources(path: string): readonly string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const rows = [...text.matchAll(/^\| (S\d+(?:(?:–|, )S\d+)*) \|/gm)].map(([, cell = '']) => cell);
  const listed = new Set(rows.flatMap((cell) => cell.split(', ').flatMap(numbersIn)));
  const named = [...text.matchAll(/\bS(\d+)b?\b/g)].map(([, number]) => Number(number));
  return [...new Set(named)].filter((number) => !listed.has(number)).map((number) => `S${number}`);
}

function numbersIn(range: string): readonly number[] {
  const [first = 0, last = first] = range.split('–').map((source) => Number(source.slice(1)));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
