import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { oneParagraph } from '../../../lambdas/slack/slack-blocks.ts';
import type { SlackCredentialSource } from '../../../lambdas/slack/slack-credentials.ts';
import { composeApprovalSlackMessage } from '../../../lambdas/slack/slack-message.ts';
import { createSlackNotifier, type SlackNotifierOptions } from '../../../lambdas/slack/slack-notifier.ts';
import { EXAMPLE_VIEW, HOSTILE_VIEW } from '../presentation/text/example-view.ts';
import { BOT_TOKEN, type FakeSlack, SIGNING_SECRET, startFakeSlack } from './fake-slack.ts';

const LINK = 'https://approve.example.com/approvals/abc';
const QUESTION = composeApprovalSlackMessage({ ...EXAMPLE_VIEW, link: LINK });

/** Credentials whose token changes at the next refreshing read. */
function rotating(first: string, then: string): SlackCredentialSource & { reads: number } {
  const source = {
    reads: 0,
    async read({ refresh = false } = {}) {
      source.reads += 1;
      return { botToken: refresh ? then : first, signingSecret: SIGNING_SECRET };
    },
  };
  return source;
}

const notifierFor = (slack: FakeSlack, options: Partial<SlackNotifierOptions> = {}) =>
  createSlackNotifier({ credentials: rotating(BOT_TOKEN, BOT_TOKEN), slackApiUrl: slack.url, retries: 0, ...options });

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what Slack is sent', () => {
  it('is a question, its edit and an answer for one person, each with its documented fields only', async () => {
    const slack = await startFakeSlack();
    const notifier = notifierFor(slack);

    const posted = await notifier.postApproval({ to: 'U0ALEX', message: QUESTION });
    await notifier.edit(posted, oneParagraph('Decided'));
    await notifier.tellOnly({ channel: posted.channel, slackUserId: 'U0ALEX' }, oneParagraph('Thank you'));

    expect(slack.complaints).toEqual([]);
    expect(slack.calls).toEqual(['chat.postMessage', 'chat.update', 'chat.postEphemeral']);
    expect(posted.channel).toBe('D0ALEX');
    expect(slack.messages).toMatchObject([{ ...posted, text: 'Decided' }]);
    expect(slack.told).toEqual([{ channel: 'D0ALEX', user: 'U0ALEX', text: 'Thank you' }]);
  });

  it('keeps to Slack’s rules even with hostile facts', async () => {
    const slack = await startFakeSlack();
    const message = composeApprovalSlackMessage({ ...HOSTILE_VIEW, link: LINK });
    await notifierFor(slack).postApproval({ to: 'C0OFFBOARDING', message });
    expect(slack.complaints).toEqual([]);
    expect(slack.messages).toHaveLength(1);
  });
});

describe('a failing Slack', () => {
  it.each([
    ['an error page', { status: 502, body: '<html>' }],
    ['its own fault', { body: '{"ok":false,"error":"internal_error"}' }],
    ['an answer that is no JSON', { body: '<html>Jane Doe</html>' }],
    ['an answer without the message’s place', { body: '{"ok":true}' }],
    ['no answer in time', { delayMs: 400 }],
    ['too many requests, with a long wait', { status: 429, headers: { 'retry-after': '3600' }, body: '' }],
    ['too many requests, with no wait named', { status: 429, body: '' }],
  ])('may be tried again later: %s', async (_what, fault) => {
    const slack = await startFakeSlack();
    slack.faults.push(fault);
    const started = Date.now();
    const error = await failureOf(
      notifierFor(slack, { timeoutMs: 150 }).postApproval({ to: 'U0ALEX', message: QUESTION }),
    );
    expect(error).toMatchObject({ name: 'SlackUnavailableError' });
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toMatch(
      /xoxb|Jane Doe|jane\.doe/,
    );
  });

  it('is asked again as often as it was told to, and no more', async () => {
    const slack = await startFakeSlack();
    slack.faults.push({ status: 500 }, { status: 500 }, { status: 500 });
    const error = await failureOf(notifierFor(slack, { retries: 1 }).postApproval({ to: 'U0ALEX', message: QUESTION }));
    expect(error).toMatchObject({ name: 'SlackUnavailableError' });
    expect(slack.calls).toHaveLength(2);
  });

  it.each([
    ['a channel that is not there', 'C0NOWHERE', 'channel_not_found'],
    ['a person who is not there', 'U0NOBODY', 'channel_not_found'],
  ])('is not asked again about %s', async (_what, to, code) => {
    const slack = await startFakeSlack();
    const error = await failureOf(notifierFor(slack, { retries: 3 }).postApproval({ to, message: QUESTION }));
    expect(error).toMatchObject({ name: 'SlackRefusedError', message: expect.stringContaining(code) });
    expect(slack.calls).toHaveLength(1);
  });
});

describe('the bot’s token', () => {
  it('is read again once when Slack no longer takes it', async () => {
    const slack = await startFakeSlack();
    const credentials = rotating('xoxb-outdated', BOT_TOKEN);
    await notifierFor(slack, { credentials }).postApproval({ to: 'U0ALEX', message: QUESTION });
    expect(slack.messages).toHaveLength(1);
    expect(credentials.reads).toBe(2);
  });

  it('that stays wrong is refused and never told', async () => {
    const slack = await startFakeSlack();
    const credentials = rotating('xoxb-outdated', 'xoxb-outdated-too');
    const error = await failureOf(
      notifierFor(slack, { credentials }).postApproval({ to: 'U0ALEX', message: QUESTION }),
    );
    expect(error).toMatchObject({ name: 'SlackRefusedError', message: expect.stringContaining('invalid_auth') });
    expect(slack.calls).toHaveLength(2);
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('xoxb');
  });
});
