import { describe, expect, it } from 'vitest';
import { effectsUnder } from '../../../lambdas/domain/effect.ts';
import { composeClosedSlackMessage, type SlackClosing } from '../../../lambdas/slack/closed-slack-message.ts';
import { blocksWithin, contextBlock, paragraphBlock } from '../../../lambdas/slack/slack-blocks.ts';
import { composeApprovalSlackMessage, composeChannelSlackMessage } from '../../../lambdas/slack/slack-message.ts';
import { EXAMPLE_DECISION, EXAMPLE_VIEW, HOSTILE_NAME, HOSTILE_VIEW } from '../presentation/text/example-view.ts';
import { blocksSchema, buttonsIn, textsIn } from './block-kit-rules.ts';

const LINK = 'https://approve.example.com/approvals/abc';
const direct = (view = EXAMPLE_VIEW) => composeApprovalSlackMessage({ ...view, link: LINK });
const labels = (message: { blocks: unknown }) =>
  buttonsIn(blocksSchema.parse(message.blocks)).map(({ text, url }) => (url ? `${text.text} -> ${url}` : text.text));
const allText = (message: { text: string; blocks: unknown }) => {
  const { plain, parsed } = textsIn(blocksSchema.parse(message.blocks));
  return [message.text, ...plain, ...parsed].join('\n');
};

/** Sends Slack commands, links and hidden characters in every place where people write. */
const COMMANDS = '<!channel> <@U0ALEX> <https://evil.example|bank> & \u202Emoc';
const COMMANDING_VIEW = {
  ...HOSTILE_VIEW,
  leaver: { ...HOSTILE_VIEW.leaver, displayName: COMMANDS },
  reason: COMMANDS,
  source: COMMANDS,
  account: { ...HOSTILE_VIEW.account, lastLogin: COMMANDS, groups: [COMMANDS, COMMANDS] },
  approver: { ...HOSTILE_VIEW.approver, displayName: COMMANDS, role: COMMANDS },
  others: [{ displayName: COMMANDS, role: COMMANDS }],
};

const DECIDED: SlackClosing = { kind: 'decided', decision: EXAMPLE_DECISION };
const TOLD = { caseId: EXAMPLE_VIEW.caseId, leaver: EXAMPLE_VIEW.leaver, timeZone: 'Europe/Berlin' };

describe('the question in Slack', () => {
  it('has the facts, all four effects in words, and when the account was disabled', () => {
    const text = allText(direct());
    for (const { label, meaning } of EXAMPLE_VIEW.effects) {
      expect(text).toContain(label);
      expect(text).toContain(meaning);
    }
    expect(text).toContain('disabled 14 seconds after HR’s report');
    expect(text).toContain('jane.doe@example.com');
    expect(text).toContain('Finance');
    expect(text).toContain('Thu, 12 March 2026, 17:00:00 Europe/Berlin (UTC+01:00)');
    expect(text).toContain('silence never deletes');
  });

  it('decides by button only what keeps the account disabled and can be undone, and the button asks first', () => {
    const message = direct();
    expect(labels(message)).toEqual(['Keep the account disabled', `Open the page for all choices -> ${LINK}`]);
    const deciding = buttonsIn(blocksSchema.parse(message.blocks)).filter(({ url }) => url === undefined);
    expect(deciding.map(({ confirm }) => confirm?.title.text)).toEqual(['Keep the account disabled?']);
    expect(deciding.map(({ value }) => value)).toEqual([
      `{"caseId":"${EXAMPLE_VIEW.caseId}","choice":"0","shown":"c0ffee"}`,
    ]);
  });

  it('under the guide’s contract offers no button that would remove anybody', () => {
    const view = { ...EXAMPLE_VIEW, contract: 'guide' as const, effects: effectsUnder('guide') };
    expect(labels(direct(view))).toEqual([`Open the page for all choices -> ${LINK}`]);
    // Slack refuses a row without buttons.
    expect(composeChannelSlackMessage(view).blocks.map(({ type }) => type)).not.toContain('actions');
    expect(allText(direct(view))).toContain('contract “guide”');
  });

  it('in a channel holds nobody’s link and speaks to nobody as “you”', () => {
    const message = composeChannelSlackMessage(EXAMPLE_VIEW);
    expect(labels(message)).toEqual(['Keep the account disabled']);
    expect(JSON.stringify(message)).not.toContain('http');
    const { parsed, plain } = textsIn(blocksSchema.parse(message.blocks));
    expect(parsed).not.toContain('*You*');
    expect(plain).toContain('Alex Kim, IT security\nSam Lee, HR');
    expect(plain.join()).not.toContain('alex.kim@example.com');
  });

  it('is as dangerous as it looks when the leaver is an administrator', () => {
    const view = { ...EXAMPLE_VIEW, account: { ...EXAMPLE_VIEW.account, isAdmin: true } };
    expect(allText(direct(view))).toContain('⚠ The leaver is a LastPass administrator.');
  });
});

describe('what people wrote', () => {
  const messages = [
    ['a direct message', composeApprovalSlackMessage({ ...COMMANDING_VIEW, link: LINK })],
    ['a channel’s message', composeChannelSlackMessage(COMMANDING_VIEW)],
    [
      'a decided message',
      composeClosedSlackMessage(
        { ...TOLD, leaver: COMMANDING_VIEW.leaver },
        { kind: 'decided', decision: { ...EXAMPLE_DECISION, approver: COMMANDING_VIEW.approver, reason: COMMANDS } },
      ),
    ],
    [
      'an undone message',
      composeClosedSlackMessage(TOLD, { kind: 'undone', by: COMMANDS, at: EXAMPLE_VIEW.expiresAt }),
    ],
  ] as const;

  it.each(messages)('mentions nobody and links nowhere in %s', (_what, message) => {
    const text = allText(message);
    expect(text).toContain('!channel');
    expect(text).not.toMatch(/<[!@#]|<https?:|evil\.example|[\u202a-\u202e\u2066-\u2069]/u);
    // What Slack parses holds its three escapes and no other ampersand or bracket.
    const { parsed } = textsIn(blocksSchema.parse(message.blocks));
    for (const one of [message.text, ...parsed]) expect(one.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
  });

  it.each([
    ['a direct message', composeApprovalSlackMessage({ ...HOSTILE_VIEW, link: LINK })],
    ['a channel’s message', composeChannelSlackMessage(HOSTILE_VIEW)],
    [
      'the longest list of groups',
      direct({
        ...EXAMPLE_VIEW,
        account: { ...EXAMPLE_VIEW.account, groups: Array<string>(500).fill('G'.repeat(300)) },
      }),
    ],
    [
      'a hundred approvers',
      composeChannelSlackMessage({
        ...EXAMPLE_VIEW,
        others: Array(100).fill({ displayName: HOSTILE_NAME, role: HOSTILE_NAME }),
      }),
    ],
  ])('keeps to Slack’s limits: %s', (_what, message) => {
    expect(() => blocksSchema.parse(message.blocks)).not.toThrow();
    expect(message.text.length).toBeLessThan(3000);
    expect(labels(message).length).toBeGreaterThan(0);
  });

  it('gives way to the buttons where facts are too many, and says so', () => {
    const facts = Array.from({ length: 80 }, (_, index) => paragraphBlock(`fact ${index}`));
    const end = [paragraphBlock('the buttons')];
    const blocks = blocksWithin(facts, end);
    expect(blocks).toHaveLength(50);
    expect(blocks.slice(-2)).toEqual([contextBlock('More facts are on the page than fit here.'), ...end]);
    expect(blocksWithin(facts.slice(0, 49), end)).toEqual([...facts.slice(0, 49), ...end]);
  });

  it('says when it was shortened', () => {
    const groups = Array<string>(20).fill('G'.repeat(300));
    expect(allText(direct({ ...EXAMPLE_VIEW, account: { ...EXAMPLE_VIEW.account, groups } }))).toContain(
      '… (shortened)',
    );
  });
});

describe('a question that is closed', () => {
  it.each<[string, SlackClosing, string]>([
    [
      'decided',
      DECIDED,
      'Decided by Alex Kim at Fri, 13 March 2026, 10:30:00 Europe/Berlin (UTC+01:00): Delete the account and its vault.',
    ],
    [
      'decided, and held',
      { ...DECIDED, holdUntil: '2026-03-13T09:45:00Z' },
      'It waits until Fri, 13 March 2026, 10:45:00 Europe/Berlin (UTC+01:00) and can be undone before.',
    ],
    [
      'undone',
      { kind: 'undone', by: 'Sam Lee', at: '2026-03-13T09:40:00Z' },
      'Taken back by Sam Lee at Fri, 13 March 2026, 10:40:00',
    ],
    ['expired', { kind: 'expired', at: '2026-03-19T16:00:14Z' }, 'The account stays disabled: silence never deletes.'],
    ['withdrawn', { kind: 'withdrawn', at: '2026-03-13T09:40:00Z' }, 'HR took its report back'],
    ['superseded', { kind: 'superseded', at: '2026-03-13T09:40:00Z' }, 'A newer question replaced this one'],
  ])('%s says so, in the notification too, and has no button left', (_what, closing, words) => {
    const message = composeClosedSlackMessage(TOLD, closing);
    expect(labels(message)).toEqual([]);
    expect(textsIn(blocksSchema.parse(message.blocks)).plain.join('\n')).toContain(words);
    expect(message.text).toContain(words);
  });
});
