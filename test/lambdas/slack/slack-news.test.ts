import { expect, test } from 'vitest';
import type { DecisionNews } from '../../../lambdas/domain/decision-news.ts';
import { createSlackAnnouncer } from '../../../lambdas/slack/slack-announcer.ts';
import { HELD, HOSTILE_NEWS, TAKEN_BACK } from '../decision-news/example-news.ts';
import { buttonsIn } from './block-kit-rules.ts';
import { CHANNEL, openSlackWorld } from './slack-world.ts';

/** A case asked in Slack, and what is said of it there. */
async function speaking() {
  const at = await openSlackWorld();
  await at.ask();
  const { world, notifier, messages, caseId, asked } = at;
  const faults: unknown[] = [];
  const announcer = createSlackAnnouncer({
    ...{ notifier, messages, channel: CHANNEL, links: world.links, baseUrl: 'https://approve.example.com' },
    ...{ contract: world.contract, rules: world.rules, departures: world.departures, holdSeconds: 900 },
    now: world.clock.now,
    onFault: (error) => faults.push(error),
  });
  const about = (news: DecisionNews): DecisionNews => ({
    ...news,
    caseId,
    executionArn: asked.executionArn,
    approvers: asked.approval.approvers,
  });
  return {
    ...at,
    announcer,
    about,
    faults,
    in: (channel: string) => at.slack.messages.filter((one) => one.channel === channel),
  };
}

test('what is held is written anew to everybody, each with their own link, and the channel with nobody’s', async () => {
  const at = await speaking();

  expect(await at.announcer.tellNews(at.about(HELD))).toBe(true);

  for (const channel of ['D0ALEX', 'D0SAM', CHANNEL]) {
    const newest = at.in(channel).at(-1);
    expect(at.in(channel)).toHaveLength(2);
    expect(newest?.text).toContain('Sam Lee and Alex Kim decided: Delete the account and its vault.');
    expect(JSON.stringify(newest?.blocks)).toContain(`offboard undo ${at.caseId}`);
  }
  const links = ['D0ALEX', 'D0SAM'].map((channel) => buttonsIn(at.in(channel).at(-1)?.blocks ?? [])[0]?.url);
  expect(new Set(links).size).toBe(2);
  expect(links.every((link) => link?.startsWith('https://approve.example.com/approvals/'))).toBe(true);
  expect(buttonsIn(at.in(CHANNEL).at(-1)?.blocks ?? [])).toEqual([]);
  expect(at.slack.complaints).toEqual([]);
});

test('the same news twice is written once', async () => {
  const at = await speaking();
  await at.announcer.tellNews(at.about(HELD));
  const before = at.slack.messages.length;

  expect(await at.announcer.tellNews(at.about(HELD))).toBe(true);

  expect(at.slack.messages).toHaveLength(before);
});

test('once it was taken back, that is written anew, and no message offers the way back any more', async () => {
  const at = await speaking();
  await at.announcer.tellNews(at.about(HELD));

  expect(await at.announcer.tellNews(at.about(TAKEN_BACK))).toBe(true);

  for (const channel of ['D0ALEX', 'D0SAM', CHANNEL]) {
    expect(at.in(channel)).toHaveLength(3);
    for (const { text, blocks } of at.in(channel)) {
      expect(text).toContain('Taken back by');
      expect(buttonsIn(blocks)).toEqual([]);
    }
  }
});

test('what people wrote breaks no rule of Slack’s', async () => {
  const at = await speaking();
  const { takenBack: _undone, ...hostile } = HOSTILE_NEWS;

  await at.announcer.tellNews(at.about({ ...hostile, kind: 'held', holdUntil: HELD.holdUntil }));
  await at.announcer.tellNews(at.about(HOSTILE_NEWS));

  expect(at.slack.complaints).toEqual([]);
});

test('when Slack is away that is told, so that it is tried again', async () => {
  const at = await speaking();
  const announcer = createSlackAnnouncer({
    ...{ messages: at.messages, channel: CHANNEL, links: at.world.links, baseUrl: 'https://approve.example.com' },
    ...{ contract: at.world.contract, rules: at.world.rules, departures: at.world.departures, holdSeconds: 900 },
    notifier: { ...at.notifier, postApproval: () => Promise.reject(new Error('away')) },
    now: at.world.clock.now,
    onFault: () => undefined,
  });

  expect(await announcer.tellNews(at.about(HELD))).toBe(false);
});
