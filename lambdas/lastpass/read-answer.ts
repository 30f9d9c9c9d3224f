import type { z } from 'zod';
import {
  LastPassRefusedError,
  LastPassUnavailableError,
  LastPassUnexpectedAnswerError,
  LastPassWrongAddressError,
} from './errors.ts';
import { fieldNamesIn, type OddEntries } from './odd-entries.ts';
import type { HttpAnswer, ListingFields } from './receive-answer.ts';
import { isFromRestApi, isProblem } from './rest-api-answer.ts';
import { scrubAddresses } from './scrub-addresses.ts';

/** A JSON answer, before anybody has judged whether it means success: that differs by command. */
export interface Answer {
  readonly command: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Lower-cased: `OK`, `success` and `Success` are all in use. */
  readonly status: string | undefined;
  /** LastPass's texts from `error` and `errors`, with addresses: scrub before showing. */
  readonly errors: readonly string[];
  /** Told of entries that cannot be read. */
  readonly onOddEntries: (odd: OddEntries) => void;
}

const LASTPASS_XML = /<lastpass\b[^>]*\brc="([^"]*)"/u;

/**
 * Reads the body as text first: the content type is always `text/xml` and the status is 200 for every logical
 * failure, so neither says anything (docs/lastpass-contract.md section a.0).
 * @returns `'unauthorized'` for the XML `Authorization Error`.
 * @throws LastPassUnavailableError for anything that is no answer of LastPass; LastPassWrongAddressError for an answer
 * of its new REST API; LastPassUnexpectedAnswerError for a redirect, another XML code, or JSON that is no object.
 */
export function readAnswer(
  command: string,
  http: HttpAnswer,
  onOddEntries: Answer['onOddEntries'],
): Answer | 'unauthorized' {
  const text = http.text.trim();
  const code = text.startsWith('<') ? LASTPASS_XML.exec(text)?.[1] : undefined;
  if (code === 'Authorization Error') return 'unauthorized';
  if (http.status >= 300 && http.status < 400) {
    throw new LastPassUnexpectedAnswerError(
      `${command}: HTTP ${http.status} redirect, not followed because the hash would travel along; check LASTPASS_URL`,
    );
  }
  if (isFromRestApi(http)) throw wrongAddress(command, http.status);
  if (http.status < 200 || http.status >= 300) throw unavailable(command, `HTTP ${http.status}`);
  if (code !== undefined) {
    throw new LastPassUnexpectedAnswerError(`${command}: XML answer with the unknown code "${scrubAddresses(code)}"`);
  }
  if (text === '') throw unavailable(command, 'an empty body');
  if (text.startsWith('<')) throw unavailable(command, 'a page instead of an answer');
  return toAnswer(command, parseObject(command, text), onOddEntries);
}

/** The same of an answer that was too large to be held as text, of whose entries somebody else made something. */
export function readListingAnswer(
  command: string,
  { status, fields }: ListingFields,
  onOddEntries: Answer['onOddEntries'],
): Answer {
  if (isProblem(fields)) throw wrongAddress(command, status);
  return toAnswer(command, fields, onOddEntries);
}

function toAnswer(command: string, fields: Answer['fields'], onOddEntries: Answer['onOddEntries']): Answer {
  const status = typeof fields.status === 'string' ? fields.status.toLowerCase() : undefined;
  const errors = [...textsOf(fields.error), ...textsOf(fields.errors)];
  return { command, fields, status, errors, onOddEntries };
}

/** The error for an answer that declines. Carries LastPass's words without addresses. */
export function refusalOf(answer: Answer): LastPassRefusedError {
  const reason = scrubAddresses(answer.errors.join('; ')) || `status ${scrubAddresses(answer.status ?? 'absent')}`;
  return new LastPassRefusedError(`${answer.command}: LastPass refused: ${reason}`);
}

/** Succeeds for `{"status":"OK"}` without an error text, which is success for the older commands. */
export function assertOk(answer: Answer): void {
  if (answer.status !== 'ok' || answer.errors.length > 0) throw refusalOf(answer);
}

/** @throws LastPassUnexpectedAnswerError naming the field that has another shape than any contract gives it. */
export function parseAnswer<Parsed>(command: string, schema: z.ZodType<Parsed>, value: unknown): Parsed {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = fieldNamesIn(parsed.error).join('.');
  throw new LastPassUnexpectedAnswerError(
    `${command}: field ${field || '(whole answer)'} of LastPass's answer has an unknown shape; compare it with the contract`,
  );
}

function parseObject(command: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notComplete(command, text.length);
  }
  if (Array.isArray(value) && value.length === 0) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LastPassUnexpectedAnswerError(`${command}: the answer is JSON but no object`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** The parser's own error quotes the text, which holds addresses: it must not become a cause. */
export function notComplete(command: string, characters: number): LastPassUnavailableError {
  return unavailable(command, `${characters} characters that are no complete JSON`);
}

function textsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === '' || value === false) return [];
  if (typeof value === 'string') return [value];
  if (typeof value === 'object') return Object.values(value).flatMap(textsOf);
  return ['an error that is no text'];
}

function wrongAddress(command: string, status: number): LastPassWrongAddressError {
  return new LastPassWrongAddressError(
    `${command}: LastPass's new REST API answered (HTTP ${status}), which does not know this command; ` +
      'set lastPassUrl to the provisioning API, https://lastpass.com/enterpriseapi.php, or leave it out',
  );
}

function unavailable(command: string, what: string): LastPassUnavailableError {
  return new LastPassUnavailableError(
    `${command}: LastPass gave ${what}; whether it carried the command out is unknown, so read the account again`,
  );
}
