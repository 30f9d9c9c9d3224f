import { expect, test } from 'vitest';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import { decideAs, KEEP, linkIdOf, openPage } from '../../approver-browser.ts';
import { askedCase, decidedCase, dueCase } from '../../case-at-status.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

/** How mail gateways, link checkers, chat previews and browsers look ahead. */
const LOOKING_AHEAD: readonly Readonly<Record<string, string>>[] = [
  {},
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'x-moz': 'prefetch' },
  { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
  { 'user-agent': 'Mozilla/5.0 (compatible; Microsoft-SafeLinks)', 'sec-fetch-site': 'cross-site' },
  { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  { 'x-http-method-override': 'POST', 'content-type': 'application/x-www-form-urlencoded' },
];

async function lookTenTimes(world: World): Promise<void> {
  const { answerApproval } = stepsOf(world);
  for (const { email } of [ALEX, SAM]) {
    const linkId = linkIdOf(world, email);
    const shown = /value="([0-9a-f]{64})"/.exec((await openPage(world, linkId)).body)?.[1] ?? '0'.repeat(64);
    const body = new URLSearchParams({ shown, ...KEEP }).toString();
    for (let time = 0; time < 10; time += 1) {
      const headers = LOOKING_AHEAD[time % LOOKING_AHEAD.length] ?? {};
      for (const method of ['GET', 'HEAD']) await answerApproval({ method, linkId, headers, body });
    }
  }
}

test.each([
  ['undecided', askedCase],
  ['decided', (world: World) => decidedCase(world, KEEP)],
  ['due', (world: World) => dueCase(world, KEEP)],
] as const)(
  'whatever follows the links of a case that is %s, and however often, changes nothing at all',
  async (_status, bring) => {
    const world = await openWorld();
    await bring(world);
    const before = await world.dump();
    const signals = world.workflow.signals.length;
    const calls = world.simulator.calls.length;

    await lookTenTimes(world);

    expect(await world.dump()).toBe(before);
    expect(world.workflow.signals).toHaveLength(signals);
    expect(world.simulator.calls).toHaveLength(calls);
  },
);

test('a decision that the workflow was not told of is not signalled by looking', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  world.workflow.outage = new AwsError('AccessDeniedException', 'not now');
  await decideAs(world, ALEX.email, KEEP);
  world.workflow.outage = undefined;
  const before = await world.dump();

  await lookTenTimes(world);

  expect(await world.dump()).toBe(before);
  expect(world.workflow.signals).toEqual([]);
  expect(await world.cases.find(caseId)).not.toHaveProperty('signalledAt');
});

test('a posted form without a choice, as a scanner may send one, decides nothing', async () => {
  const world = await openWorld();
  await askedCase(world);
  const before = await world.dump();
  const linkId = linkIdOf(world, ALEX.email);
  const shown = /value="([0-9a-f]{64})"/.exec((await openPage(world, linkId)).body)?.[1] ?? '';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  // Nothing is chosen beforehand, so whoever only presses the button chooses nothing.
  const body = new URLSearchParams({ shown, confirmAddress: '', reason: '' }).toString();

  expect(await stepsOf(world).answerApproval({ method: 'POST', linkId, headers, body })).toMatchObject({
    statusCode: 422,
  });
  expect(await world.dump()).toBe(before);
});
