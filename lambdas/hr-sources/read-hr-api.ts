import { HrSystemRefusedError, HrSystemUnavailableError } from './errors.ts';
import type { HrApiRequest } from './hr-source.ts';
import { type FetchLike, PrivateAddressError } from './public-fetch.ts';

interface HrApi {
  /** The HR system's name, for messages. */
  readonly system: string;
  /** Without a slash at its end. */
  readonly url: string;
  /** Headers that authenticate; `refresh` asks for those of a secret that may have been replaced. */
  readonly authorize: (options: { readonly refresh: boolean }) => Promise<Readonly<Record<string, string>>>;
  readonly timeoutMs?: number;
  readonly fetch: FetchLike;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** One employee's record is a few KB; the largest, with a picture in it, stay below this. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Answers by which HR systems ask to come again later. */
const COME_AGAIN = [408, 425, 429];
/** Answers that a replaced token may explain. */
const UNAUTHORIZED = [401, 403];

/**
 * Reads JSON from an HR system's API. Credentials that are refused are read anew once, because they may have been
 * replaced. Redirects are not followed: one would carry the credentials to another place.
 * @throws HrSystemUnavailableError when no answer came or the system asks to come again, HrSystemRefusedError when it
 * refuses or answers something that is no JSON. Messages name the system and the status, never the address or the answer.
 */
export function createHrApi(api: HrApi): (request: HrApiRequest) => Promise<unknown> {
  return async (request) => {
    const answer = await exchange(api, request, await api.authorize({ refresh: false }));
    if (!UNAUTHORIZED.includes(answer.status)) return contentOf(api.system, answer);
    return contentOf(api.system, await exchange(api, request, await api.authorize({ refresh: true })));
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function exchange(api: HrApi, request: HrApiRequest, credentials: Readonly<Record<string, string>>) {
  const { system, url, timeoutMs = DEFAULT_TIMEOUT_MS, fetch } = api;
  const headers = { accept: 'application/json', ...request.headers, ...credentials };
  const posted = request.body && {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(request.body),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${url}${request.path}`, {
      headers,
      ...posted,
      redirect: 'manual',
      signal,
    });
    return { status: response.status, text: await readBounded(system, response.body) };
  } catch (error) {
    if (error instanceof HrSystemRefusedError) throw error;
    if (error instanceof PrivateAddressError) throw leadsInside(system);
    const why = signal.aborted ? `no answer within ${timeoutMs} ms` : 'the connection failed';
    throw new HrSystemUnavailableError(`API of ${system}: ${why}`, { cause: error });
  }
}

function leadsInside(system: string): HrSystemRefusedError {
  const why = 'its address leads into a private network; check the address in its settings';
  return new HrSystemRefusedError(`API of ${system}: ${why}`);
}

function contentOf(system: string, { status, text }: Answer): unknown {
  if (status >= 500 || COME_AGAIN.includes(status)) {
    throw new HrSystemUnavailableError(`API of ${system}: answered ${status}`);
  }
  if (status !== 200) throw new HrSystemRefusedError(`API of ${system}: answered ${status}; ${remedyFor(status)}`);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error quotes the answer, which is about a person: it must not become a cause.
    throw new HrSystemRefusedError(`API of ${system}: the answer is no JSON (${text.length} characters)`);
  }
}

function remedyFor(status: number): string {
  if (UNAUTHORIZED.includes(status)) return 'check the secret of its API, and what its user may read';
  if (status === 404) return 'check that the employee exists and that the API’s user may read it';
  return 'check the address in its settings';
}

async function readBounded(system: string, body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new HrSystemRefusedError(`API of ${system}: the answer exceeds ${MAX_ANSWER_BYTES} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
