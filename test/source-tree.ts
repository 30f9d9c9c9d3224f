import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** A file of this repository by its path, a package by its name. */
export interface ImportedFile {
  readonly path: string;
  readonly isTypeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportedFile[];
}

const STATEMENT =
  /(?:^|\n)(?:import|export)\s([^;]*?)from\s+'([^']+)'|(?:^|[^\w.])import\(\s*'([^']+)'|(?:^|\n)import\s+'([^']+)'/g;

/** Source files with what they import; declarations of packages without types are none. */
export function readSources(pattern: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: ROOT, exclude: (name) => name.endsWith('.d.ts') }).map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = [...text.matchAll(STATEMENT)].map(([, clause = '', from, dynamic, bare]) => {
    const name = from ?? dynamic ?? bare ?? '';
    return {
      path: name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), name)) : name,
      isTypeOnly: isOfTypes(clause),
    };
  });
  return { path, text, imports };
}

/** Paths that a file imports, directly or by others; of files that are not among these only the path is known. */
export function reachedFrom(
  path: string,
  files: readonly SourceFile[],
  { withTypes = false } = {},
): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const visit = (at: string) => {
    for (const imported of byPath.get(at)?.imports ?? []) {
      if ((imported.isTypeOnly && !withTypes) || reached.has(imported.path)) continue;
      reached.add(imported.path);
      visit(imported.path);
    }
  };
  visit(path);
  return reached;
}

/** `type { A }`, or `{ type A, type B }`. */
function isOfTypes(clause: string): boolean {
  if (clause.startsWith('type ')) return true;
  const names = /^\{([^}]*)\}/
    .exec(clause.trim())?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names?.every((name) => name.startsWith('type ')) ?? false;
}

interface Room {
  readonly folder: string;
  readonly mayImport: readonly string[];
  readonly mayImportTypesOf: readonly string[];
}

/** The rooms that a document's table names: a row is a folder or a file, what it holds, and what it may import. */
export function roomsIn(document: string) {
  const all = readFileSync(join(ROOT, document), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, folder, , allowed] = line.split('|').map((cell) => cell.trim());
      const name = /^`(lambdas\/[^`]+)`$/.exec(folder ?? '')?.[1];
      return name === undefined || allowed === undefined ? [] : [roomOf(name, allowed)];
    });
  const of = (path: string): Room | undefined =>
    all
      .filter(({ folder }) => path === folder || path.startsWith(`${folder}/`))
      .sort((one, other) => other.folder.length - one.folder.length)[0];
  return { all, of };
}

/** The folders of `local` in a document's table, and whether they may import "nothing" of the product. */
export function localRoomsIn(document: string) {
  const rows = readFileSync(join(ROOT, document), 'utf8').split('\n');
  return rows.flatMap((row) => {
    const [, folders = '', , allowed = ''] = row.split('|').map((cell) => cell.trim());
    const named = [...folders.matchAll(/`(local\/[^`]+)`/g)];
    return named.map(([, folder = '']) => ({ folder, isApart: allowed === 'nothing' }));
  });
}

function roomOf(folder: string, allowed: string): Room {
  const [things = '', types = ''] = allowed.split('types of');
  const named = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => `lambdas/${name}`);
  return { folder, mayImport: named(things), mayImportTypesOf: named(types) };
}

/** The folders of these files, and which of them import each other. */
export function foldersOf(files: readonly SourceFile[]) {
  const own = new Set(files.map(({ path }) => path));
  const imports = new Map<string, Set<string>>();
  const sizes = new Map<string, number>();
  for (const file of files) {
    const folder = dirname(file.path);
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    const targets = imports.get(folder) ?? new Set();
    imports.set(folder, targets);
    for (const { path } of file.imports) if (own.has(path) && dirname(path) !== folder) targets.add(dirname(path));
  }
  return { sizes: () => sizes, cycles: () => cyclesIn(imports) };
}

function cyclesIn(imports: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(imports.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return [...imports].flatMap(([from, targets]) =>
    [...targets].filter((to) => reaches(to, from)).map((to) => `${from} ⇄ ${to}`),
  );
}
