import { plainLine } from '../../../lambdas/presentation/text/plain-text.ts';
import { heading } from './output.ts';
import { cutTo, padTo, widthOf } from './text-width.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** A column that can be cut gives way, down to this width; without it the column is always whole. */
  readonly minWidth?: number;
}

const MAX_WIDTH = 100;
const GAP = '  ';

/** A table of at most 100 columns: what people wrote is made harmless, and cut where it must be. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = rows.map((row) => columns.map(({ cell }) => cutTo(plainLine(cell(row)), MAX_WIDTH)));
  const widths = shrink(columns, naturalWidths(columns, cells));
  const lineOf = (texts: readonly string[]) =>
    texts
      .map((text, index) => padTo(cutTo(text, widths[index] ?? 0), widths[index] ?? 0))
      .join(GAP)
      .trimEnd();
  return [heading(lineOf(columns.map(({ title }) => title))), ...cells.map(lineOf)];
}

function naturalWidths<Row>(columns: readonly Column<Row>[], cells: readonly (readonly string[])[]): number[] {
  return columns.map(({ title }, index) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[index] ?? ''))));
}

/** The widest column that can still be cut gives way, until the table fits. */
function shrink<Row>(columns: readonly Column<Row>[], natural: readonly number[]): number[] {
  const widths = [...natural];
  const limit = MAX_WIDTH - GAP.length * (columns.length - 1);
  while (widths.reduce((sum, width) => sum + width, 0) > limit) {
    const spare = columns.map(({ minWidth }, index) => (widths[index] ?? 0) - (minWidth ?? Number.POSITIVE_INFINITY));
    const widest = spare.indexOf(Math.max(...spare));
    if ((spare[widest] ?? 0) <= 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
