import { type EntryListener, readJsonEntries } from './json-entries.ts';
import { type ArrivingAnswer, answerTooLarge } from './post-command.ts';
import { isProblemType } from './rest-api-answer.ts';

/** What came back over HTTP, whole and unjudged. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** A large answer of which the entries were handed out one by one: what else it says. */
export interface ListingFields {
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Listing {
  /** A larger answer is handed out entry by entry while it arrives. */
  readonly wholeUpToCharacters: number;
  readonly onEntry: EntryListener;
}

// The largest answers but lists of everybody: 10,000 events of 0.3 KB, 3 MB.
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Far more than any answer that must be seen whole to be judged. The text of whole pages would lie in memory for a while. */
export const WHOLE_UP_TO_CHARACTERS = 128 * 1024;

export async function receiveAnswer(command: string, arriving: ArrivingAnswer): Promise<HttpAnswer> {
  const { status, contentType } = arriving;
  return { status, contentType, text: await restOf(command, '', arriving.text) };
}

/**
 * Receives an answer as text as long as that is small, because only text shows what it is. A larger one is read entry by entry if
 * it is JSON and a success by HTTP's own words; otherwise it is text of the same size as any.
 */
export async function receiveListing(
  command: string,
  { status, contentType, text: arriving }: ArrivingAnswer,
  listing: Listing,
): Promise<HttpAnswer | ListingFields> {
  const parts = arriving[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => parts };
  let text = '';
  while (text.length <= listing.wholeUpToCharacters) {
    const next = await parts.next();
    if (next.done) return { status, contentType, text };
    text += next.value;
  }
  const isJson = status >= 200 && status < 300 && !isProblemType(contentType) && text.trimStart().startsWith('{');
  if (!isJson) return { status, contentType, text: await restOf(command, text, rest) };
  return { status, fields: await readJsonEntries(command, startingWith(text.trimStart(), rest), listing.onEntry) };
}

async function restOf(command: string, start: string, parts: AsyncIterable<string>): Promise<string> {
  let text = start;
  let bytes = Buffer.byteLength(start);
  for await (const part of parts) {
    bytes += Buffer.byteLength(part);
    if (bytes > MAX_BODY_BYTES) throw answerTooLarge(command, MAX_BODY_BYTES);
    text += part;
  }
  return text;
}

async function* startingWith(start: string, parts: AsyncIterable<string>): AsyncGenerator<string> {
  yield start;
  yield* parts;
}
