import { globSync, readdirSync } from 'node:fs';
import { join, normalize } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const foldersIn = (folder: string) =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );

const TOP_FOLDERS = foldersIn('.').filter((name) => !/^(\.|node_modules|cdk\.out)/.test(name));

/** Where a path that begins with neither may begin: a room and its tests, and the samples of HR systems. */
const SHORT_FOR = ['lambdas', 'test/lambdas', 'test/fixtures/hr'];

/** `x` and `<kind>` stand for any name, as `*` does. */
const asPattern = (path: string) => path.replace(/<[^>]*>/g, '*').replace(/(^|\/)x(?=\.)/g, '$1*');

const isThere = (pattern: string) => globSync(pattern, { cwd: ROOT }).length > 0;

/** Paths of the repository that a document names, in backticks or in an example of what to type; code that it shows names files to be made. */
function namedIn(document: string): readonly { name: string; places: readonly string[] }[] {
  const text = document.replace(/<!--.*?-->/gs, '');
  const fenced = [...text.matchAll(/^ *```sh\n(.*?)^ *```$/gms)].map(([, code = '']) => code);
  const prose = text.replace(/^ *```.*?^ *```$/gms, '');
  const quoted = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const words = [...fenced, ...quoted].flatMap((code) => code.split(/[\s,;()'"=]+|\w+:\/\//));
  return words.flatMap((word) => {
    const places = placesOf(word.replace(/[.:]$/, ''));
    return places.length > 0 ? [{ name: word, places }] : [];
  });
}

/** Where a word that looks like a path may lie; nothing for any other word. */
function placesOf(word: string): readonly string[] {
  const path = asPattern(word.replace(/^\.\//, ''));
  if (/^[\w*-]+(\.[\w*-]+)*\.ts$/.test(path)) return [`{${TOP_FOLDERS.join(',')}}/**/${path}`, path];
  const [top = '', ...below] = path.split('/');
  if (below.length === 0 || !/^[\w.*/-]+$/.test(path)) return [];
  if (TOP_FOLDERS.includes(top)) return [path];
  const isCode = path.endsWith('.ts');
  return SHORT_FOR.filter((base) => isCode || foldersIn(base).includes(top)).map((base) => `${base}/${path}`);
}

/** Targets of links to files, and of pictures, as paths of the repository. */
function linkedFrom(folder: string, document: string) {
  return [...document.matchAll(/(?:\]\(|src=")([^)"#\s]+)/g)].flatMap(([, target = '']) =>
    /^[a-z]+:/.test(target) ? [] : [{ name: target, places: [normalize(join(folder, target))] }],
  );
}

/** Paths that a document in this folder names and that are not there. */
export function missingPaths(folder: string, document: string): readonly string[] {
  const named = [...namedIn(document), ...linkedFrom(folder, document)];
  return [...new Set(named.filter(({ places }) => !places.some(isThere)).map(({ name }) => name))];
}
