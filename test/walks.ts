import { dirname } from 'node:path';
import type { SourceFile } from './source-tree.ts';

/** A list of files in order, below its own heading: `1. `path`: what it does.` */
interface Walk {
  readonly title: string;
  readonly files: readonly string[];
}

/** The walks of a document: each "Follow …". */
export function walksIn(document: string): readonly Walk[] {
  return document.split(/^## /m).flatMap((section) => {
    if (!section.startsWith('Follow ')) return [];
    const items = [...section.matchAll(/^(\d+)\. `([^`]+)`: \S/gm)];
    return [{ title: section.split('\n', 1).join(''), files: items.map(([, , path = '']) => path) }];
  });
}

/** Those files of a walk that are not there, or to which no file before them leads. */
export function strayedFrom({ files }: Walk, sources: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  // A function's wiring is told of with its logic.
  const importsOf = (path: string) =>
    [path, wiringOf(path)].flatMap((part) => byPath.get(part)?.imports.map((imported) => imported.path) ?? []);
  const deploys = (by: string, path: string) =>
    dirname(by) === 'lib' &&
    byPath.has(wiringOf(path)) &&
    (byPath.get(by)?.text.includes(`'${constructIdOf(path)}'`) ?? false);
  const leadsTo = (one: string, other: string) => importsOf(one).includes(other) || deploys(one, other);
  return files.filter(
    (path, at) =>
      !byPath.has(path) || (at > 0 && !files.slice(0, at).some((one) => leadsTo(one, path) || leadsTo(path, one))),
  );
}

function wiringOf(path: string): string {
  return path.replace(/\.ts$/, '.lambda.ts');
}

/** `lambdas/steps/disable-account.ts` is deployed as `DisableAccount`. */
function constructIdOf(path: string): string {
  return path.replace(/^.*\/|\.ts$/g, '').replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
