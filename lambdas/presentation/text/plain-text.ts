/**
 * Text that other people wrote (names, reasons, group names), made safe to show beside our own words. HTML escaping
 * is not enough: direction overrides can make an address read as another one, and line breaks can imitate our own lines.
 */

// Soft hyphen, Arabic letter mark, zero-width space, direction marks, embeddings, overrides and isolates, invisible
// operators, byte order mark, tag characters. The zero-width joiners stay: emoji and several scripts need them.
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
const CONTROL_OR_SPACE = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const WEB_ADDRESS = /(?:\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.)\S+/giu;

/** One line of readable text, without control characters, line breaks or invisible characters that reorder it. */
export function plainLine(text: string): string {
  return text.toWellFormed().replace(CONTROL_OR_SPACE, ' ').replace(INVISIBLE, '').trim();
}

/** Readable text that keeps its own line breaks, each line as `plainLine` makes it. */
export function plainLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(plainLine)
    .filter((line) => line !== '');
}

/** Mail programs turn web addresses into links; in a mail that people trust, a leaver's name must not become one. */
export function withoutWebAddresses(text: string): string {
  return text.replace(WEB_ADDRESS, '(web address removed)');
}

/** A line cut to `maxLength` characters as people count them, for places that must stay short, such as a subject. */
export function shortLine(text: string, maxLength: number): string {
  const characters = Array.from(new Intl.Segmenter('en').segment(plainLine(text)), ({ segment }) => segment);
  return characters.length <= maxLength ? characters.join('') : `${characters.slice(0, maxLength - 1).join('')}…`;
}
