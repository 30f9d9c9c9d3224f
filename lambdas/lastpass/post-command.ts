import { LastPassUnavailableError, LastPassUnexpectedAnswerError } from './errors.ts';

/** What came back over HTTP, unjudged. */
export interface HttpAnswer {
  readonly status: number;
  /** As sent, or empty. */
  readonly contentType: string;
  readonly text: string;
}

interface PostRequest {
  readonly command: string;
  readonly url: string;
  /** Holds the provisioning hash: never part of an error. */
  readonly body: string;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
}

// The largest answers: 2,000 users of about 1 KB with 20 groups each, or 10,000 events of 0.3 KB: 3 MB. The guide's
// unpaged list of everybody gets room for about 60,000 people.
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * One exchange with LastPass. The timeout covers the body too. Redirects are not followed: a redirect would carry the
 * provisioning hash to another place.
 * @throws LastPassUnavailableError when no complete answer came; LastPassUnexpectedAnswerError when it is too large.
 */
export async function postCommand(request: PostRequest): Promise<HttpAnswer> {
  const { command, url, body, timeoutMs } = request;
  try {
    const response = await request.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, text: await readBounded(command, response) };
  } catch (error) {
    if (error instanceof LastPassUnexpectedAnswerError) throw error;
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    throw new LastPassUnavailableError(
      `${command}: ${isTimeout ? `no answer within ${timeoutMs} ms` : 'the connection to LastPass failed'}; ` +
        'whether LastPass carried the command out is unknown, so read the account again',
      { cause: error },
    );
  }
}

async function readBounded(command: string, response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      throw new LastPassUnexpectedAnswerError(`${command}: the answer exceeds ${MAX_BODY_BYTES} bytes; ask for less`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
