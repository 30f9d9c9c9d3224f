import { describe, expect, it } from 'vitest';
import { caseIn, SECOND } from '../../case-at-status.ts';
import { ALEX } from '../../offboarding-world.ts';
import { buttonsIn } from './block-kit-rules.ts';
import { clickBody, signed } from './slack-clicks.ts';
import { CHANNEL, openSlackWorld } from './slack-world.ts';

const ACKNOWLEDGED = { statusCode: 200, body: '' };

describe('a click of an approver', () => {
  it('decides, tells the approver, and leaves no button anywhere', async () => {
    const at = await openSlackWorld();
    await at.ask();

    expect(await at.click({ value: at.valueOn('decide-0') })).toEqual(ACKNOWLEDGED);

    const { decision } = await caseIn(at.world, at.caseId, 'decided');
    expect(decision).toMatchObject({ choice: '0', approver: { email: 'alex.kim@example.com' } });
    expect(at.slack.told).toMatchObject([{ channel: 'D0ALEX', user: 'U0ALEX' }]);
    expect(at.lastTold()).toContain('Thank you. Decided by Alex Kim at ');
    expect(at.lastTold()).toContain(': Keep the account disabled.');
    expect(at.slack.messages.map(({ channel }) => channel).sort()).toEqual([CHANNEL, 'D0ALEX', 'D0SAM']);
    for (const { text, blocks } of at.slack.messages) {
      expect(text).toContain('Decided by Alex Kim at ');
      expect(buttonsIn(blocks)).toEqual([]);
    }
    expect({ complaints: at.slack.complaints, faults: at.faults }).toEqual({ complaints: [], faults: [] });
  });

  it('in a channel counts for the person who clicked', async () => {
    const at = await openSlackWorld();
    await at.ask();
    await at.click({
      user: 'U0SAM',
      channel: CHANNEL,
      value: at.valueOn('decide-0', CHANNEL),
    });
    const { decision } = await caseIn(at.world, at.caseId, 'decided');
    expect(decision).toMatchObject({ choice: '0', approver: { email: 'sam.lee@example.com' } });
  });

  it('after another’s is told who decided what and when', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const value = at.valueOn('decide-0');
    await at.click({ value });
    await at.click({ user: 'U0SAM', channel: 'D0SAM', value });
    expect(at.lastTold()).toContain('Nothing was decided. Decided by Alex Kim at ');
    expect((await caseIn(at.world, at.caseId, 'decided')).decision.choice).toBe('0');
  });

  it('at the same moment as others’ is one of many of which one wins', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const clicks = ['U0ALEX', 'U0SAM'].flatMap((user) =>
      ['D0ALEX', CHANNEL].map((channel) => ({ user, channel, value: at.valueOn('decide-0', channel) })),
    );
    await Promise.all(clicks.map((click) => at.click(click)));
    expect(at.slack.told.filter(({ text }) => text.startsWith('Thank you.'))).toHaveLength(1);
    expect(at.slack.told.filter(({ text }) => text.startsWith('Nothing was decided.'))).toHaveLength(3);
  });

  it('on the link to the page decides nothing and is only acknowledged', async () => {
    const at = await openSlackWorld();
    expect(await at.click({ actionId: 'open-page' })).toEqual(ACKNOWLEDGED);
    expect(at.slack.calls).toEqual([]);
    expect(await at.status()).toBe('asked');
  });
});

describe('a click that decides nothing and is told why', () => {
  it.each([
    ['of somebody who was not asked', { user: 'U0NOBODY' }, 'You were not asked about this case.'],
    [
      'about a case that does not exist',
      { change: { caseId: `case-${'0'.repeat(24)}` } },
      'You were not asked about this case.',
    ],
    ['that claims a choice which cannot be undone', { change: { choice: '2' } }, 'This choice cannot be undone'],
    ['that claims to remove the leaver', { change: { choice: '1' } }, 'This choice cannot be undone'],
    [
      'that reinstates, as older messages offered it',
      { actionId: 'decide-reinstate', change: { choice: 'reinstate' } },
      'Reinstating gives the leaver access again, so it is chosen on the page',
    ],
    ['on a message whose facts have changed', { change: { shown: 'f00d' } }, 'The facts have changed'],
    [
      'that claims an approver of its own',
      { change: { approver: 'alex.kim@example.com' } },
      'This button is not known here.',
    ],
    ['with a choice that nobody knows', { change: { choice: '3' } }, 'This button is not known here.'],
    ['on a button of another kind', { actionId: 'approve' }, 'This button is not known here.'],
    ['with no value', { value: '' }, 'This button is not known here.'],
  ])(
    '%s',
    async (_what, {
      change,
      ...click
    }: { change?: object; user?: string; actionId?: string; value?: string }, words) => {
      const at = await openSlackWorld();
      await at.ask();
      const value = JSON.stringify({ ...JSON.parse(at.valueOn('decide-0')), ...change });
      expect(await at.click({ value, ...click })).toEqual(ACKNOWLEDGED);
      expect(at.lastTold()).toContain(`Nothing was decided. ${words}`);
      expect(await at.status()).toBe('asked');
    },
  );

  it('after the time to decide', async () => {
    const at = await openSlackWorld();
    await at.ask();
    at.world.clock.set(at.asked.approval.expiresAt);
    await at.click({ value: at.valueOn('decide-0') });
    expect(at.lastTold()).toContain('The time to decide is over, and the account stays disabled.');
    expect(await at.status()).toBe('asked');
  });

  it('of the leaver, even if the list of approvers was made wrongly', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const [alex] = at.asked.approval.approvers;
    const jane = { email: 'Jane.Doe@example.com', displayName: 'Jane Doe', role: 'it', slackUserId: 'U0JANE' };
    const approvers = [...(alex ? [alex] : []), jane];
    const cases = { find: async () => ({ ...at.asked, approval: { ...at.asked.approval, approvers } }) };
    await at.click({ user: 'U0JANE', value: at.valueOn('decide-0') }, { cases });
    expect(at.lastTold()).toBe('Nothing was decided. Nobody decides about their own account.');
    expect(await at.status()).toBe('asked');
  });

  it('of a Slack user whom two approvers claim to be', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const approvers = at.asked.approval.approvers.map((approver) => ({ ...approver, slackUserId: 'U0ALEX' }));
    const cases = { find: async () => ({ ...at.asked, approval: { ...at.asked.approval, approvers } }) };
    await at.click({ value: at.valueOn('decide-0') }, { cases });
    expect(at.lastTold()).toContain('You were not asked about this case.');
    expect(await at.status()).toBe('asked');
  });

  it('to keep the account disabled, where the guide’s contract means removing it', async () => {
    const at = await openSlackWorld('guide');
    await at.ask();
    const shown = at.deps.shownHashOf(at.asked, ALEX);
    const value = JSON.stringify({ caseId: at.caseId, choice: '0', shown });
    await at.click({ value });
    expect(at.lastTold()).toContain('This choice cannot be undone');
    expect(await at.status()).toBe('asked');
  });
});

describe('a request that is not Slack’s, or not new', () => {
  it('is told nothing and decides nothing', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const now = at.world.clock.now();
    const body = clickBody({ value: at.valueOn('decide-0') });
    const old = new Date(now.getTime() - 301_000);
    const forged = { at: now, secret: 'another-signing-secret-0123456789' };

    expect(await at.answer(signed(body, forged))).toEqual({ statusCode: 401, body: '' });
    expect(await at.answer(signed(body, { at: old }))).toEqual({ statusCode: 401, body: '' });
    expect(await at.answer({ ...signed(body, { at: now }), headers: {} })).toEqual({ statusCode: 401, body: '' });
    expect(at.refusals).toEqual(['signature wrong', 'timestamp too far from now', 'timestamp missing']);
    expect(at.slack.told).toEqual([]);
    expect(await at.status()).toBe('asked');
  });

  it('is refused when it is sent again, also at the same moment', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const request = signed(clickBody({ user: 'U0NOBODY', value: at.valueOn('decide-0') }), {
      at: at.world.clock.now(),
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => at.answer(request)));
    at.world.clock.advance({ seconds: 299 });
    answers.push(await at.answer(request));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(10).fill(401)]);
    expect(at.slack.told).toHaveLength(1);
  });

  it.each([
    ['another method', { method: 'GET' }, 405],
    ['far too much', { body: new Uint8Array(1024 * 1024 + 1) }, 413],
  ])('is refused before anything is read: %s', async (_what, change, statusCode) => {
    const at = await openSlackWorld();
    const request = { ...signed('', { at: at.world.clock.now() }), ...change };
    expect(await at.answer(request)).toEqual({ statusCode, body: '' });
  });

  it.each([
    ['no payload', ''],
    ['two payloads', `${clickBody({})}&${clickBody({})}`],
    ['a payload that is no JSON', 'payload=%7B'],
    [
      'a submitted form',
      `payload=${encodeURIComponent(JSON.stringify({ type: 'view_submission', user: { id: 'U0ALEX' } }))}`,
    ],
  ])('is refused without a word although Slack signed it: %s', async (_what, body) => {
    const at = await openSlackWorld();
    expect(await at.answer(signed(body, { at: at.world.clock.now() }))).toEqual({ statusCode: 400, body: '' });
    expect(at.slack.calls).toEqual([]);
  });
});

describe('a fault', () => {
  const failing = async () => {
    throw new Error('away');
  };

  it('of the secret or of the memory for signatures keeps every request unread', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const value = at.valueOn('decide-0');
    expect(await at.click({ value }, { credentials: { read: failing } })).toEqual({ statusCode: 503, body: '' });
    expect(await at.click({ value }, { nonces: { claim: failing } })).toEqual({ statusCode: 503, body: '' });
    expect(at.faults).toEqual(['admit', 'admit']);
    expect(await at.status()).toBe('asked');
  });

  it('before the decision says that nothing was decided', async () => {
    const at = await openSlackWorld();
    await at.ask();
    expect(await at.click({ value: at.valueOn('decide-0') }, { cases: { find: failing } })).toEqual(ACKNOWLEDGED);
    expect(at.lastTold()).toContain('Nothing was decided. Something failed on our side.');
    expect(at.faults).toEqual(['read case']);
  });

  it('while deciding claims neither', async () => {
    const at = await openSlackWorld();
    await at.ask();
    expect(await at.click({ value: at.valueOn('decide-0') }, { decide: failing })).toEqual(ACKNOWLEDGED);
    expect(at.lastTold()).toContain('it is not certain whether your decision was recorded');
    expect(at.faults).toEqual(['decide']);
  });

  it('of Slack itself leaves the decision standing', async () => {
    const at = await openSlackWorld();
    await at.ask();
    const value = at.valueOn('decide-0');
    at.slack.tokens.clear();
    expect(await at.click({ value }, { announce: failing })).toEqual(ACKNOWLEDGED);
    expect(at.faults.toSorted()).toEqual(['announce', 'answer']);
    expect(await at.status()).toBe('decided');
  });
});

describe('the questions of a case', () => {
  it('are asked once, and again when the case is taken up again', async () => {
    const at = await openSlackWorld();
    expect([...(await at.ask()), ...(await at.ask())]).toEqual([]);
    const posted = await at.messages.of(at.caseId);
    expect(posted.map(({ to }) => to).sort()).toEqual([CHANNEL, 'U0ALEX', 'U0SAM']);
    expect(at.slack.messages).toHaveLength(3);
    expect(await at.ask(SECOND)).toEqual([]);
    expect(at.slack.messages).toHaveLength(6);
    expect(await at.messages.of('case-of-somebody-else')).toEqual([]);
  });

  it('of an earlier approval lose their buttons, too', async () => {
    const at = await openSlackWorld();
    await at.ask(SECOND);
    await at.ask();
    await at.click({ value: at.valueOn('decide-0') });
    expect(at.slack.messages).toHaveLength(6);
    expect(at.slack.messages.flatMap(({ blocks }) => buttonsIn(blocks))).toEqual([]);
  });

  it('reach all others although one person is not in Slack any more', async () => {
    const at = await openSlackWorld();
    at.slack.channels.clear();
    const failures = await at.ask();
    expect(failures).toMatchObject([{ name: 'SlackRefusedError' }]);
    expect(at.slack.messages.map(({ channel }) => channel).sort()).toEqual(['D0ALEX', 'D0SAM']);
    at.slack.channels.add(CHANNEL);
    expect(await at.ask()).toEqual([]);
    expect(at.slack.messages).toHaveLength(3);
  });
});
