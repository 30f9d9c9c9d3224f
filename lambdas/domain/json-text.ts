/** Lets JSON readers find infinity again, as they found it in `1e400`. */
const BEYOND_ANY_NUMBER = '1e999';

/** What lies deeper is written in one line: indenting thousands of levels would take more room than what they hold. */
const MAX_INDENTED_LEVELS = 32;

interface JsonTextOptions {
  /** Keys in code-unit order, as `canonicalJson` has them. */
  readonly isSorted?: boolean;
  /** For people to read. */
  readonly isIndented?: boolean;
}

interface Frame {
  readonly members: readonly { readonly key?: string; readonly value: unknown }[];
  readonly end: string;
  next: number;
}

/**
 * JSON as `JSON.stringify` writes it, of what `JSON.parse` may have read: nested however deep, which overflows the stack
 * of the former, and with numbers beyond any limit, which it writes as `null`.
 */
export function jsonText(value: unknown, { isSorted = false, isIndented = false }: JsonTextOptions = {}): string {
  const written: string[] = [];
  const frames: Frame[] = [];
  const begin = (inner: unknown): void => {
    if (typeof inner !== 'object' || inner === null) {
      written.push(scalarText(inner));
      return;
    }
    written.push(Array.isArray(inner) ? '[' : '{');
    frames.push(Array.isArray(inner) ? listFrame(inner) : objectFrame(inner, isSorted));
  };
  const newLine = (levels: number): void => {
    if (isIndented && frames.length <= MAX_INDENTED_LEVELS) written.push('\n', '  '.repeat(levels));
  };
  begin(value);
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const member = frame.members[frame.next];
    if (member) {
      if (frame.next > 0) written.push(',');
      newLine(frames.length);
      if (member.key !== undefined) written.push(JSON.stringify(member.key), isIndented ? ': ' : ':');
      frame.next += 1;
      begin(member.value);
    } else {
      if (frame.next > 0) newLine(frames.length - 1);
      written.push(frame.end);
      frames.pop();
    }
  }
  return written.join('');
}

function listFrame(list: readonly unknown[]): Frame {
  return { members: list.map((value) => ({ value })), end: ']', next: 0 };
}

function objectFrame(object: object, isSorted: boolean): Frame {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  // Made an object again, as `canonicalJson` does: keys that are whole numbers come first there, sorted or not.
  const ordered = isSorted ? Object.entries(Object.fromEntries(entries.sort(byKey))) : entries;
  return { members: ordered.map(([key, value]) => ({ key, value })), end: '}', next: 0 };
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function scalarText(value: unknown): string {
  if (value === Number.POSITIVE_INFINITY) return BEYOND_ANY_NUMBER;
  if (value === Number.NEGATIVE_INFINITY) return `-${BEYOND_ANY_NUMBER}`;
  return JSON.stringify(value) ?? 'null';
}
