import { styleText } from 'node:util';

const COLUMN = 18;

/** States whose names are wider than the column. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'Translate notification': 'Translation',
  'Park notification': 'Translation',
  'Wait for last working moment': 'Wait',
};

/** One line of the story: when, which step, what. */
export function line(at: number, step: string, text: string, colour?: 'yellow' | 'red'): string {
  const time = styleText('dim', new Date(at).toISOString().slice(11, 19));
  return `${time}  ${styleText('bold', (SHORT_NAMES[step] ?? step).padEnd(COLUMN))} ${colour ? styleText(colour, text) : text}`;
}

/** What goes on from the line above. */
export function below(text: string): string {
  return `${' '.repeat(COLUMN + 11)}${text}`;
}
