import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { blocksSchema, type CheckedBlocks } from './block-kit-rules.ts';

export const BOT_TOKEN = 'xoxb-1111-2222-loopback';
export const SIGNING_SECRET = 'loopback-signing-secret-0123456789';

const json = z.string().transform((text): unknown => JSON.parse(text));
const message = { text: z.string().min(1).max(4000), blocks: json.pipe(blocksSchema) };
const noParsing = { parse: z.literal('none'), link_names: z.literal('false') };
const conversation = z.string().regex(/^[CDU][A-Z0-9]{2,}$/);

/** The fields that Slack's reference documents and that we send: nothing missing, nothing more. */
const FIELDS = {
  'chat.postMessage': z.strictObject({
    ...message,
    ...noParsing,
    channel: conversation,
    mrkdwn: z.literal('false'),
    unfurl_links: z.literal('false'),
    unfurl_media: z.literal('false'),
  }),
  'chat.update': z.strictObject({ ...message, ...noParsing, channel: conversation, ts: z.string() }),
  'chat.postEphemeral': z.strictObject({ ...message, ...noParsing, channel: conversation, user: z.string() }),
};

interface ShownMessage {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: CheckedBlocks;
}

/** An answer other than Slack's usual one; each is used once, in order. */
interface FaultyAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly delayMs?: number;
}

/** Slack's Web API on loopback, for a workspace with one channel; strict about everything that it is sent. */
export async function startFakeSlack(
  members: readonly string[] = ['U0ALEX', 'U0SAM'],
  whenOver: (close: () => void) => void = onTestFinished,
) {
  const slack = {
    url: '',
    tokens: new Set([BOT_TOKEN]),
    channels: new Set(['C0OFFBOARDING']),
    messages: [] as ShownMessage[],
    told: [] as { channel: string; user: string; text: string }[],
    calls: [] as string[],
    /** What was wrong with a request; a test that leaves something here has found a mistake of ours. */
    complaints: [] as string[],
    faults: [] as FaultyAnswer[],
  };

  function channelOf(id: string): string | undefined {
    if (members.includes(id)) return id.replace(/^U/, 'D');
    const isDirect = members.some((member) => member.replace(/^U/, 'D') === id);
    return isDirect || slack.channels.has(id) ? id : undefined;
  }

  function answer(method: string, sent: Record<string, string>): Record<string, unknown> {
    if (method === 'chat.postMessage') return post(FIELDS[method].parse(sent));
    if (method === 'chat.update') return update(FIELDS[method].parse(sent));
    if (method === 'chat.postEphemeral') return tell(FIELDS[method].parse(sent));
    return { ok: false, error: 'unknown_method' };
  }

  function post({ channel: to, text, blocks }: z.infer<(typeof FIELDS)['chat.postMessage']>) {
    const channel = channelOf(to);
    if (!channel) return { ok: false, error: 'channel_not_found' };
    const ts = `1774000000.${String(slack.messages.length + 1).padStart(6, '0')}`;
    slack.messages.push({ channel, ts, text, blocks });
    return { ok: true, channel, ts, message: { text } };
  }

  function update({ channel, ts, text, blocks }: z.infer<(typeof FIELDS)['chat.update']>) {
    // Slack takes only the conversation's own id here, not a user's.
    const shown = slack.messages.find((one) => one.channel === channel && one.ts === ts);
    if (!shown) return { ok: false, error: 'message_not_found' };
    Object.assign(shown, { text, blocks });
    return { ok: true, channel, ts, text };
  }

  function tell({ channel, user, text }: z.infer<(typeof FIELDS)['chat.postEphemeral']>) {
    if (!channelOf(channel)) return { ok: false, error: 'channel_not_found' };
    if (!/^[UW]/.test(user)) return { ok: false, error: 'user_not_found' };
    slack.told.push({ channel, user, text });
    return { ok: true, message_ts: '1774000000.999999' };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const method = (request.url ?? '').replace(/^\/api\//, '');
    slack.calls.push(method);
    const fault = slack.faults.shift();
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const headers = { 'content-type': 'application/json; charset=utf-8', ...fault?.headers };
    response.writeHead(fault?.status ?? 200, headers);
    response.end(fault?.body ?? JSON.stringify(checked(request, method, Buffer.concat(chunks).toString('utf8'))));
  }

  function checked(request: IncomingMessage, method: string, body: string) {
    if (request.method !== 'POST') slack.complaints.push(`${method}: sent by ${request.method}`);
    const type = request.headers['content-type'];
    if (type !== 'application/x-www-form-urlencoded') slack.complaints.push(`${method}: content type ${type}`);
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer') slack.complaints.push(`${method}: no bearer token`);
    const sent = Object.fromEntries(new URLSearchParams(body));
    if (body.includes(token) || 'token' in sent) slack.complaints.push(`${method}: token in the body`);
    if (!slack.tokens.has(token)) return { ok: false, error: 'invalid_auth' };
    try {
      return answer(method, sent);
    } catch (error) {
      slack.complaints.push(`${method}: ${error instanceof Error ? error.message : String(error)}`);
      return { ok: false, error: 'invalid_arguments' };
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      slack.complaints.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.url = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}/api/`;
  whenOver(() => {
    server.closeAllConnections();
    server.close();
  });
  return slack;
}

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;
