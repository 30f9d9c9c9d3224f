import { relative } from 'node:path';

/** A path for people: below here as a relative one, elsewhere in full, which is clearer than a way up and down again. */
export function shownPath(path: string): string {
  const way = relative('', path);
  return way.startsWith('..') ? path : way || '.';
}
