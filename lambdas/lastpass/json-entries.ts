import { JSONParser, TokenType } from '@streamparser/json';
import { LastPassUnexpectedAnswerError } from './errors.ts';
import type { EntryKey } from './odd-entries.ts';
import { notComplete } from './read-answer.ts';

/** Told of each entry of the fields that may list thousands. */
export type EntryListener = (field: ListedField, key: EntryKey, value: unknown) => void;

/** Fields of `getuserdata` that may list thousands (docs/lastpass-contract.md section a.1). */
const LISTED_FIELDS = ['Users', 'Groups', 'Invited', 'invited'] as const;
export type ListedField = (typeof LISTED_FIELDS)[number];

/** What else an answer is judged by. Anything besides is read past. */
const JUDGED_FIELDS = ['error', 'errors', 'status', 'total', 'title', 'type'] as const;
type Field = ListedField | (typeof JUDGED_FIELDS)[number];

const PATHS = [...LISTED_FIELDS.map((field) => `$.${field}.*`), ...JUDGED_FIELDS.map((field) => `$.${field}`)];

/** The largest entry is a group with everybody in it: 200,000 addresses of 35 characters are 7 MB. */
const MAX_ENTRY_CHARACTERS = 16 * 1024 * 1024;

/** An entry of any contract has three levels. The parser's work grows with the square of this. */
const MAX_DEPTH = 500;

/**
 * Reads a JSON object while it arrives: entries of the listed fields are handed out, and nobody is kept. What is returned has each
 * listed field empty, and the others as they are; nothing may be concluded from an entry before that.
 * @throws LastPassUnavailableError for JSON that is broken or breaks off; LastPassUnexpectedAnswerError for a field that comes twice,
 * and for what is too large or too deep to be an entry.
 */
export async function readJsonEntries(
  command: string,
  parts: AsyncIterable<string>,
  onEntry: EntryListener,
): Promise<Readonly<Record<string, unknown>>> {
  const reader = new EntryReader(command, onEntry);
  for await (const part of parts) reader.write(part);
  return reader.end();
}

class EntryReader {
  readonly #command: string;
  readonly #onEntry: EntryListener;
  readonly #parser = new JSONParser({ paths: PATHS, keepStack: false });
  readonly #fields: Record<string, unknown> = {};
  #depth = 0;
  /** Within the outermost object: whether a name comes next, and which was the last. */
  #isNameNext = true;
  #name = '';
  #characters = 0;
  /** Since nothing but names had to be held. */
  #heldCharacters = 0;
  #fault: LastPassUnexpectedAnswerError | undefined;

  constructor(command: string, onEntry: EntryListener) {
    this.#command = command;
    this.#onEntry = onEntry;
    this.#parser.onToken = ({ token, value }) => this.#follow(token, value);
    this.#parser.onValue = ({ key, value }) => this.#take(key ?? '', value);
  }

  write(part: string): void {
    this.#characters += part.length;
    this.#heldCharacters += part.length;
    try {
      this.#parser.write(part);
    } catch {
      throw this.#fault ?? notComplete(this.#command, this.#characters);
    }
    if (this.#heldCharacters > MAX_ENTRY_CHARACTERS) throw this.#unexpected('an entry is too large');
  }

  end(): Readonly<Record<string, unknown>> {
    if (!this.#parser.isEnded) throw notComplete(this.#command, this.#characters);
    return this.#fields;
  }

  #follow(token: TokenType, value: unknown): void {
    const isOpening = token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
    if (this.#depth === 1) this.#followOutermost(token, value, isOpening);
    if (isOpening) this.#depth += 1;
    if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) this.#depth -= 1;
    if (this.#depth > MAX_DEPTH) throw this.#unexpected('an entry is nested too deeply');
    const isWithinEntry = isListed(this.#name) ? this.#depth > 2 : this.#depth > 1 && isJudged(this.#name);
    if (!isWithinEntry) this.#heldCharacters = 0;
  }

  #followOutermost(token: TokenType, value: unknown, isOpening: boolean): void {
    if (token === TokenType.COMMA) this.#isNameNext = true;
    else if (token === TokenType.STRING && this.#isNameNext) this.#startField(String(value));
    else if (isOpening && isListed(this.#name)) this.#fields[this.#name] = token === TokenType.LEFT_BRACE ? {} : [];
    else if (SCALARS.has(token) && isKnown(this.#name)) this.#fields[this.#name] = value;
  }

  #startField(name: string): void {
    if (Object.hasOwn(this.#fields, name)) throw this.#unexpected(`field ${name} comes twice`);
    this.#isNameNext = false;
    this.#name = name;
  }

  #take(key: EntryKey, value: unknown): void {
    const name = this.#name;
    if (!isListed(name)) {
      this.#fields[name] = value;
      return;
    }
    // A list of users is no contract's: it stays one that is not empty, and is judged with the whole answer.
    if (name === 'Users' && Array.isArray(this.#fields[name])) this.#fields[name] = ['users as a list'];
    this.#onEntry(name, key, value);
  }

  #unexpected(what: string): LastPassUnexpectedAnswerError {
    this.#fault = new LastPassUnexpectedAnswerError(
      `${this.#command}: ${what}; nothing is concluded from such an answer`,
    );
    return this.#fault;
  }
}

const SCALARS: ReadonlySet<TokenType> = new Set([
  TokenType.STRING,
  TokenType.NUMBER,
  TokenType.TRUE,
  TokenType.FALSE,
  TokenType.NULL,
]);
const LISTED: ReadonlySet<string> = new Set(LISTED_FIELDS);
const JUDGED: ReadonlySet<string> = new Set(JUDGED_FIELDS);

function isListed(name: string): name is ListedField {
  return LISTED.has(name);
}

function isJudged(name: string): boolean {
  return JUDGED.has(name);
}

function isKnown(name: string): name is Field {
  return isListed(name) || isJudged(name);
}
