import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter('en');

/** How many columns of a terminal a text takes: two for most emoji and East Asian characters, none for combining marks. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** A text filled with blanks up to a width in columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** A text cut to a width in columns, never inside a character that people see as one. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (widthOf(kept) + widthOf(segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
