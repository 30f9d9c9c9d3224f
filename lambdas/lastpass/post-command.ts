import { LastPassUnavailableError, LastPassUnexpectedAnswerError } from './errors.ts';

/** What comes back over HTTP, unjudged and still on its way: its text can be read once. */
export interface ArrivingAnswer {
  readonly status: number;
  /** As sent, or empty. */
  readonly contentType: string;
  readonly text: AsyncIterable<string>;
}

interface PostRequest {
  readonly command: string;
  readonly url: string;
  /** Holds the provisioning hash: never part of an error. */
  readonly body: string;
  /** For the whole answer, or where it is a listing, for each part of it. */
  readonly timeoutMs: number;
  readonly isListing: boolean;
  readonly fetch: typeof fetch;
}

// 200,000 users of about 1 KB with 20 groups each, named with the user and once more by the group, come to 300 MB.
const MAX_LISTING_BYTES = 512 * 1024 * 1024;

// At 10 MB/s these arrive in half a minute; a function has two, and more to do with them.
const LISTING_TIMEOUT_MS = 90_000;

/**
 * One exchange with LastPass, of which `read` makes what is needed while it arrives. The timeout covers the body too.
 * Redirects are not followed: a redirect would carry the provisioning hash to another place.
 * @throws LastPassUnavailableError when no complete answer came; LastPassUnexpectedAnswerError when it is too large.
 */
export async function postCommand<Read>(
  request: PostRequest,
  read: (answer: ArrivingAnswer) => Promise<Read>,
): Promise<Read> {
  const { command, url, body, timeoutMs, isListing } = request;
  const limit = isListing
    ? listingLimit(timeoutMs)
    : { signal: AbortSignal.timeout(timeoutMs), onPart: () => undefined };
  try {
    const response = await request.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: limit.signal,
    });
    const contentType = response.headers.get('content-type') ?? '';
    return await read({ status: response.status, contentType, text: textOf(command, response, limit.onPart) });
  } catch (error) {
    if (error instanceof LastPassUnexpectedAnswerError || error instanceof LastPassUnavailableError) throw error;
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    throw new LastPassUnavailableError(
      `${command}: ${isTimeout ? `no answer within ${timeoutMs} ms` : 'the connection to LastPass failed'}; ` +
        'whether LastPass carried the command out is unknown, so read the account again',
      { cause: error },
    );
  }
}

/** A list of everybody may take its time as long as it comes: what ends it is silence, of once or twice the time. */
function listingLimit(timeoutMs: number) {
  const silence = new AbortController();
  let isSilent = true;
  function listen(): void {
    const period = AbortSignal.timeout(timeoutMs);
    period.addEventListener('abort', () => {
      if (isSilent) return silence.abort(period.reason);
      isSilent = true;
      listen();
    });
  }
  listen();
  const onPart = () => {
    isSilent = false;
  };
  return { signal: AbortSignal.any([silence.signal, AbortSignal.timeout(LISTING_TIMEOUT_MS)]), onPart };
}

async function* textOf(command: string, response: Response, onPart: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    onPart();
    bytes += chunk.byteLength;
    if (bytes > MAX_LISTING_BYTES) throw answerTooLarge(command, MAX_LISTING_BYTES);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

export function answerTooLarge(command: string, bytes: number): LastPassUnexpectedAnswerError {
  return new LastPassUnexpectedAnswerError(`${command}: the answer exceeds ${bytes} bytes; ask for less`);
}
