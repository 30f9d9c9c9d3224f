import type { ContractName } from '../domain/effect.ts';
import { wireCid } from './contract.ts';
import type { CredentialSource, LastPassCredentials } from './credentials.ts';
import { LastPassUnauthorizedError } from './errors.ts';
import { hideSecret } from './hide-secret.ts';
import type { EntryListener } from './json-entries.ts';
import type { OddEntries } from './odd-entries.ts';
import { type ArrivingAnswer, postCommand } from './post-command.ts';
import { type Answer, readAnswer, readListingAnswer } from './read-answer.ts';
import { receiveAnswer, receiveListing, WHOLE_UP_TO_CHARACTERS } from './receive-answer.ts';

/**
 * Sends one command; the answer is read but not judged. One that may list thousands and is too large to be held arrives without
 * the entries that the listener was told of.
 */
export type SendCommand = (command: string, data?: unknown, list?: ListRequest) => Promise<Answer>;

interface ListRequest {
  readonly onEntry: EntryListener;
  /** Everybody in one answer, which takes its time to be made before its first byte comes. */
  readonly isUnpaged: boolean;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly contract: ContractName;
  readonly credentials: CredentialSource;
  readonly timeoutMs?: number;
  /** A larger list of users is read entry by entry. */
  readonly wholeUpToCharacters?: number;
  /** Told of entries of an answer that could not be read and were left out. */
  readonly onOddEntries?: (odd: OddEntries) => void;
  readonly fetch?: typeof fetch;
}

// The recorded latency is about 300 ms; a page of 2,000 users takes longer. Fifteen seconds is fifty times the usual,
// and two calls (the second after a re-read secret) still fit into a function of half a minute.
const DEFAULT_TIMEOUT_MS = 15_000;

// Nothing is known of how long LastPass takes to make a list of 200,000; more than this leaves no time to read it.
const UNPAGED_TIMEOUT_MS = 60_000;

/**
 * A sender that reads the secret once more when LastPass rejects it, and repeats the command once. Repeating is safe:
 * a rejected command was not carried out.
 * @throws LastPassUnauthorizedError when the re-read secret is rejected too.
 */
export function createCommandSender(options: ConnectionOptions): SendCommand {
  const { contract, credentials, timeoutMs = DEFAULT_TIMEOUT_MS, onOddEntries = () => undefined } = options;
  const { wholeUpToCharacters = WHOLE_UP_TO_CHARACTERS } = options;
  const url = checkedUrl(options.url);

  async function attempt(secret: LastPassCredentials, command: string, data: unknown, list?: ListRequest) {
    const cid = wireCid(contract, secret.cid);
    const body = JSON.stringify({ cid, provhash: secret.provhash, cmd: command, data });
    const patienceMs = list?.isUnpaged ? Math.max(timeoutMs, UNPAGED_TIMEOUT_MS) : timeoutMs;
    const request = {
      command,
      url,
      body,
      timeoutMs: patienceMs,
      isListing: list !== undefined,
      fetch: options.fetch ?? fetch,
    };
    const received = await postCommand(request, (arriving) => {
      // Should LastPass ever echo the hash, it ends here, before any message is made of it.
      const hidden: ArrivingAnswer = { ...arriving, text: hideSecret(secret.provhash, arriving.text) };
      return list === undefined
        ? receiveAnswer(command, hidden)
        : receiveListing(command, hidden, { wholeUpToCharacters, onEntry: list.onEntry });
    });
    return 'fields' in received
      ? readListingAnswer(command, received, onOddEntries)
      : readAnswer(command, received, onOddEntries);
  }

  return async (command, data, list) => {
    const first = await attempt(await credentials.read(), command, data, list);
    if (first !== 'unauthorized') return first;
    const second = await attempt(await credentials.read({ refresh: true }), command, data, list);
    if (second !== 'unauthorized') return second;
    throw new LastPassUnauthorizedError(
      `${command}: LastPass rejects the account number or the provisioning hash, also after reading the secret again; ` +
        'store the current values from the Admin Console (Advanced, Enterprise API) in the secret',
    );
  };
}

function checkedUrl(url: string): string {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return url;
  throw new TypeError('LASTPASS_URL: must be https, because every request carries the provisioning hash');
}
