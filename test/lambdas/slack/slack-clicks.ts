import { createHmac } from 'node:crypto';
import type { SlackRequest } from '../../../lambdas/slack/slack-request.ts';
import { SIGNING_SECRET } from './fake-slack.ts';

interface Signing {
  readonly at: Date;
  readonly secret?: string;
}

/** A body as Slack would send and sign it. */
export function signed(body: string | Uint8Array, { at, secret = SIGNING_SECRET }: Signing): SlackRequest {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const bytes = Buffer.from(body);
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(bytes).digest('hex');
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
    },
    body: bytes,
  };
}

export interface Click {
  readonly user?: string;
  readonly channel?: string;
  readonly actionId?: string;
  readonly value?: string;
}

/** The body of a click, with the fields of Slack's block_actions reference around those that matter here. */
export function clickBody({ user = 'U0ALEX', channel = 'D0ALEX', actionId = 'decide-0', value = '' }: Click): string {
  const payload = {
    type: 'block_actions',
    team: { id: 'T0EXAMPLE', domain: 'example' },
    user: { id: user, username: 'somebody', name: 'somebody', team_id: 'T0EXAMPLE' },
    api_app_id: 'A0OFFBOARDING',
    token: 'a-legacy-verification-token',
    container: { type: 'message', message_ts: '1774000000.000001', channel_id: channel, is_ephemeral: false },
    trigger_id: '12466734323.1395872398',
    channel: { id: channel, name: 'directmessage' },
    message: { type: 'message', ts: '1774000000.000001', text: 'Decide', blocks: [] },
    state: { values: {} },
    response_url: 'https://hooks.slack.com/actions/T0EXAMPLE/1/abc',
    actions: [
      {
        action_id: actionId,
        block_id: 'b1',
        text: { type: 'plain_text', text: 'Keep the account disabled' },
        value,
        type: 'button',
        action_ts: '1774000100.000001',
      },
    ],
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
