import { styleText } from 'node:util';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import type { Fact } from '../../../lambdas/presentation/text/case-facts.ts';
import { padTo, widthOf } from './text-width.ts';

/** Prints a result: for machines as one JSON document, otherwise as lines for people. */
export function printResult(
  isJson: boolean,
  result: { readonly json: unknown; readonly lines: readonly string[] },
): void {
  const text = isJson ? jsonText(result.json, { isIndented: true }) : result.lines.join('\n');
  process.stdout.write(`${text}\n`);
}

/** A heading; `styleText` colours only where standard output is a terminal. */
export function heading(text: string): string {
  return styleText('bold', text);
}

const LABEL_WIDTH = 22;
const MAX_WIDTH = 100;

/** Facts with their labels in a column of their own, no line wider than 100 columns if its words allow it. */
export function factLines(facts: readonly Fact[]): string[] {
  return facts.flatMap(({ label, lines }) =>
    lines
      .flatMap((line) => wrap(line, MAX_WIDTH - LABEL_WIDTH))
      .map((line, index) => `${padTo(index === 0 ? label : '', LABEL_WIDTH)}${line}`),
  );
}

/** A line broken between words; a word that is wider than the line keeps its own. */
export function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && widthOf(current) + 1 + widthOf(word) > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
