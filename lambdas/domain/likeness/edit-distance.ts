/**
 * How many slips of the keyboard lie between two texts: characters left out, added, changed, or two neighbours swapped
 * (optimal string alignment). Time grows with the product of the lengths.
 */
export function editDistance(one: string, other: string): number {
  const [from, to] = [[...one], [...other]];
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, character] of from.entries()) {
    const next = [row + 1];
    for (const [column, wanted] of to.entries()) {
      const changed = at(last, column) + (character === wanted ? 0 : 1);
      const isSwap = row > 0 && column > 0 && character === to[column - 1] && from[row - 1] === wanted;
      const swapped = isSwap ? at(beforeLast, column - 1) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(changed, swapped, at(last, column + 1) + 1, at(next, column) + 1));
    }
    beforeLast = last;
    last = next;
  }
  return at(last, to.length);
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? Number.POSITIVE_INFINITY;
}
