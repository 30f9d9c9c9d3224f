import type { ContractName } from '../domain/effect.ts';
import { wireCid } from './contract.ts';
import type { CredentialSource, LastPassCredentials } from './credentials.ts';
import { LastPassUnauthorizedError } from './errors.ts';
import type { OddEntries } from './odd-entries.ts';
import { postCommand } from './post-command.ts';
import { type Answer, readAnswer } from './read-answer.ts';

/** Sends one command; the answer is read but not judged. */
export type SendCommand = (command: string, data?: unknown) => Promise<Answer>;

export interface ConnectionOptions {
  readonly url: string;
  readonly contract: ContractName;
  readonly credentials: CredentialSource;
  readonly timeoutMs?: number;
  /** Told of entries of an answer that could not be read and were left out. */
  readonly onOddEntries?: (odd: OddEntries) => void;
  readonly fetch?: typeof fetch;
}

// The recorded latency is about 300 ms; a page of 2,000 users takes longer. Fifteen seconds is fifty times the usual,
// and two calls (the second after a re-read secret) still fit into a function of half a minute.
const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * A sender that reads the secret once more when LastPass rejects it, and repeats the command once. Repeating is safe:
 * a rejected command was not carried out.
 * @throws LastPassUnauthorizedError when the re-read secret is rejected too.
 */
export function createCommandSender(options: ConnectionOptions): SendCommand {
  const { contract, credentials, timeoutMs = DEFAULT_TIMEOUT_MS, onOddEntries = () => undefined } = options;
  const url = checkedUrl(options.url);

  async function attempt(command: string, data: unknown, secret: LastPassCredentials) {
    const cid = wireCid(contract, secret.cid);
    const body = JSON.stringify({ cid, provhash: secret.provhash, cmd: command, data });
    const http = await postCommand({ command, url, body, timeoutMs, fetch: options.fetch ?? fetch });
    // Should LastPass ever echo the hash, it ends here, before any message is made of it.
    const text = http.text.replaceAll(secret.provhash, '[hidden]');
    return readAnswer(command, { ...http, text }, onOddEntries);
  }

  return async (command, data) => {
    const first = await attempt(command, data, await credentials.read());
    if (first !== 'unauthorized') return first;
    const second = await attempt(command, data, await credentials.read({ refresh: true }));
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
