import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import * as z from 'zod';
import type { SlackMessage } from './slack-blocks.ts';
import type { SlackCredentialSource, SlackCredentials } from './slack-credentials.ts';
import { faultOf, isUnauthorized } from './slack-fault.ts';

/** Where a message stands: Slack's ids of the conversation and of the message in it. */
export interface PostedSlackMessage {
  readonly channel: string;
  readonly ts: string;
}

export interface SlackNotifier {
  /** Posts a question. @param post.to a channel id, or a user id for a direct message */
  postApproval(post: { readonly to: string; readonly message: SlackMessage }): Promise<PostedSlackMessage>;
  /** Replaces a message that we posted. Second run: the same message again. */
  edit(posted: PostedSlackMessage, message: SlackMessage): Promise<void>;
  /** Answers one person, unseen by all others in the conversation. */
  tellOnly(to: { readonly channel: string; readonly slackUserId: string }, message: SlackMessage): Promise<void>;
}

export interface SlackNotifierOptions {
  readonly credentials: SlackCredentialSource;
  /** Ends with a slash. */
  readonly slackApiUrl?: string;
  /** For one attempt, body included. */
  readonly timeoutMs?: number;
  readonly retries?: number;
}

// Two attempts of 4 s and a pause of at most half a second: 8.5 s, well within a step's two minutes, and short enough for
// a slow Slack not to hold up the mails. The client's own default would try ten times in half an hour.
const DEFAULT_TIMEOUT_MS = 4_000;
const DEFAULT_RETRIES = 1;
const PAUSE = { minTimeout: 250, maxTimeout: 500, factor: 2 };

const postedSchema = z.object({ channel: z.string().min(1), ts: z.string().min(1) });

/** Nothing is looked up or previewed in what we write: no mention, no link preview, no markup in the notification. */
const NO_PARSING = { parse: 'none', link_names: false } as const;

/**
 * Slack's Web API. A token that Slack no longer takes is read again once.
 * @throws SlackUnavailableError when trying later may help, SlackRefusedError when it will not, SlackSecretError
 */
export function createSlackNotifier(options: SlackNotifierOptions): SlackNotifier {
  const call = createCall(options);
  return {
    async postApproval({ to, message }) {
      const sent = { channel: to, ...message, ...NO_PARSING, mrkdwn: false, unfurl_links: false, unfurl_media: false };
      const method = 'chat.postMessage';
      return call(method, async (client) => postedSchema.parse(await client.chat.postMessage(sent)));
    },
    async edit({ channel, ts }, message) {
      await call('chat.update', (client) => client.chat.update({ channel, ts, ...message, ...NO_PARSING }));
    },
    async tellOnly({ channel, slackUserId }, message) {
      const sent = { channel, user: slackUserId, ...message, ...NO_PARSING };
      await call('chat.postEphemeral', (client) => client.chat.postEphemeral(sent));
    },
  };
}

function createCall({ credentials, slackApiUrl, ...limits }: SlackNotifierOptions) {
  const clientOptions = {
    ...(slackApiUrl !== undefined && { slackApiUrl }),
    timeout: limits.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    retryConfig: { ...PAUSE, retries: limits.retries ?? DEFAULT_RETRIES },
    // Waiting as long as Slack asks for may outlast the function; the caller decides when to come back.
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: SILENT,
  };
  return async <Result>(method: string, use: (client: WebClient) => Promise<Result>): Promise<Result> => {
    const attempt = async ({ botToken }: SlackCredentials) => use(new WebClient(botToken, clientOptions));
    // Reading the secret stays outside: its errors are not Slack's.
    const first = await credentials.read();
    try {
      return await attempt(first);
    } catch (error) {
      if (!isUnauthorized(error)) throw faultOf(method, error);
    }
    const second = await credentials.read({ refresh: true });
    return attempt(second).catch((error: unknown) => Promise.reject(faultOf(method, error)));
  };
}

/** The client's own log would hold what we write to people. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
