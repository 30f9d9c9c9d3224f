import { createLastPassClient } from '../../../lambdas/lastpass/client.ts';
import type { OddEntries } from '../../../lambdas/lastpass/odd-entries.ts';
import { SIMULATED_CREDENTIALS } from '../../../local/lastpass-simulator/simulator-options.ts';

interface Arriving {
  readonly contract?: 'lastpass' | 'guide';
  /** A larger list of users is read entry by entry: all of it where nothing is said. */
  readonly wholeUpToCharacters?: number;
  /** How many bytes arrive at once. */
  readonly bytes?: number;
  /** Ends the connection after so many bytes. */
  readonly lostAfter?: number;
  readonly status?: number;
  readonly contentType?: string;
}

/** A client of a LastPass that gives these answers in parts, the last one for ever, and what it told of odd entries. */
export function clientOf(answers: readonly string[], arriving: Arriving = {}) {
  const { contract = 'lastpass', wholeUpToCharacters = 0, status = 200, contentType = 'text/xml' } = arriving;
  const left = [...answers];
  const odd: OddEntries[] = [];
  const requests: unknown[] = [];
  const client = createLastPassClient({
    ...{ contract, wholeUpToCharacters },
    url: 'https://lastpass.example/enterpriseapi.php',
    credentials: { read: async () => SIMULATED_CREDENTIALS },
    onOddEntries: (entries) => odd.push(entries),
    fetch: async (_url, init) => {
      requests.push(JSON.parse(String(init?.body)));
      const text = (left.length > 1 ? left.shift() : left[0]) ?? '';
      return new Response(partsOf(text, arriving), { status, headers: { 'content-type': contentType } });
    },
  });
  return { client, odd, requests };
}

function partsOf(text: string, { bytes = 7, lostAfter = Number.POSITIVE_INFINITY }: Arriving): ReadableStream {
  const all = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= lostAfter) return controller.error(new TypeError('terminated'));
      if (at >= all.length) return controller.close();
      controller.enqueue(all.slice(at, at + bytes));
      at += bytes;
    },
  });
}
