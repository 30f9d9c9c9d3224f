import { afterAll, expect, it } from 'vitest';
import { buttonsIn } from '../lambdas/slack/block-kit-rules.ts';
import { BOT_TOKEN, type FakeSlack, SIGNING_SECRET, startFakeSlack } from '../lambdas/slack/fake-slack.ts';
import { type Click, clickBody, signed } from '../lambdas/slack/slack-clicks.ts';
import { approvalRun } from './approval-run.ts';
import { LABELS, openAs, picture } from './approval-visits.ts';
import { evidenceIn } from './left-behind.ts';
import { INES, SAM, untilFound } from './people.ts';

const closers: (() => void)[] = [];
let slack: FakeSlack;
const program = approvalRun(async () => {
  slack = await startFakeSlack(['U0SAM', 'U0INES'], (close) => closers.push(close));
  process.env.SLACK_API_URL = slack.url;
  return {
    configured: {
      slack: { channel: 'C0OFFBOARDING' },
      approvers: [
        { email: SAM, displayName: 'Sam Security', role: 'security', slackUserId: 'U0SAM' },
        { email: INES, displayName: 'Ines IT', role: 'it', slackUserId: 'U0INES' },
      ],
    },
    secretValues: { Slack: { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET } },
  };
});
afterAll(() => {
  for (const close of closers) close();
});

/** What the person's newest message shows, once there is one about this leaver. */
async function messageTo(channel: string, name: string) {
  const find = async () => slack.messages.findLast((one) => one.channel === channel && one.text.includes(name));
  return untilFound(find, `a Slack message about ${name}`);
}

async function click(what: Click, secret = SIGNING_SECRET): Promise<number> {
  const { headers, body } = signed(clickBody(what), { at: new Date(), secret });
  const sent = Object.entries(headers).map(([name, value = '']): [string, string] => [name, value]);
  const { status } = await fetch(`${program.url()}/slack/actions`, {
    method: 'POST',
    headers: sent,
    body: new Uint8Array(body),
  });
  return status;
}

it('a button decides what can be undone, a link leads to the rest, and every message tells who decided', async () => {
  const leaver = 'hugo.martin@example.com';
  const { ines } = await program.askedAbout(leaver);
  const message = await messageTo('D0SAM', 'Hugo Martin');
  await Promise.all(['D0INES', 'C0OFFBOARDING'].map((channel) => messageTo(channel, 'Hugo Martin')));
  const shown = JSON.stringify(message.blocks);
  for (const fact of [leaver, 'Last login', 'Shared folders', 'Activity after the last working moment'])
    expect(shown).toContain(fact);
  const buttons = buttonsIn(message.blocks);
  expect(buttons.map(({ action_id }) => action_id)).toEqual(['decide-0', 'open-page']);
  expect(buttons.at(-1)?.url).toMatch(`${program.url()}/approvals/`);

  const keep = { user: 'U0SAM', channel: 'D0SAM', actionId: 'decide-0', value: buttons[0]?.value ?? '' };
  const remove = keep.value.replace('"choice":"0"', '"choice":"1"');
  expect(await click(keep, 'not-the-signing-secret-0123456789')).toBe(401);
  expect(await click({ ...keep, user: 'U0STRANGER' })).toBe(200);
  expect(await click({ ...keep, actionId: 'decide-1', value: remove })).toBe(200);
  expect(slack.told.map(({ user }) => user)).toEqual(['U0STRANGER', 'U0SAM']);
  const page = await openAs(program.browser(), ines);
  expect(await page.getByRole('button', { name: 'Record this decision' }).count()).toBe(1);

  expect(await click(keep)).toBe(200);
  expect(await program.accountAtTheEnd(leaver)).toBe('disabled');
  expect(program.deletionsOf(leaver)).toEqual([{ username: leaver, deleteaction: 0 }]);
  const edited = slack.messages.filter(({ text }) => text.includes('Hugo Martin'));
  expect(edited.map(({ channel }) => channel).sort()).toEqual(['C0OFFBOARDING', 'D0INES', 'D0SAM']);
  for (const one of edited) {
    expect(one.text).toMatch(/Decided by Sam Security at .*: Keep the account disabled/);
    expect(buttonsIn(one.blocks)).toEqual([]);
  }
  await page.reload();
  await page.getByText(`Sam Security decided: ${LABELS['0']}`).waitFor();
  expect(evidenceIn(program.dataFolder)).toMatchObject([{ isIntact: true, decision: { via: 'slack' } }]);
  await picture(page, 'decided-in-slack');
  expect(slack.complaints).toEqual([]);
});
