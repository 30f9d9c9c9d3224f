import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SlackMessage } from '../../../lambdas/slack/slack-blocks.ts';
import { clickBody, signed } from './slack-clicks.ts';
import { openSlackWorld } from './slack-world.ts';

const RUNS = 10_000;
const MARKUP = '<script>alert(1)</script><!channel>';

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(MARKUP, '__proto__', 'constructor', 'null', '0', '2', '{}', '[]', '\u202E'),
);

/** Bodies that are nearly a click: each part right by itself, or anything at all. Never all of them right together. */
function bodies(right: { caseId: string; shown: string }) {
  const wrongValue = fc
    .record({
      caseId: fc.oneof(fc.constant(right.caseId), hostileText),
      choice: fc.oneof(fc.constantFrom('0', 'reinstate', '1', '2', '3'), hostileText, fc.integer()),
      shown: fc.oneof(fc.constant(right.shown), hostileText),
      extra: fc.option(fc.jsonValue(), { nil: undefined }),
    })
    .map((value) => JSON.stringify(value));
  const click = fc.record({
    // Nobody who was asked: a right button pressed by Alex would rightly decide.
    user: fc.oneof(fc.constantFrom('U0NOBODY', 'W0NOBODY', 'alex.kim@example.com'), hostileText),
    channel: fc.oneof(fc.constant('D0ALEX'), hostileText),
    actionId: fc.oneof(fc.constantFrom('decide-0', 'decide-2', 'open-page'), hostileText),
    value: fc.oneof(wrongValue, hostileText),
  });
  const known = { ...right, choice: '0' };
  const nearly = fc.constantFrom(
    { user: 'U0NOBODY', value: JSON.stringify(known) },
    { user: 'U0ALEX', value: JSON.stringify({ ...known, shown: 'f00d' }) },
    { user: 'U0ALEX', value: JSON.stringify({ ...known, choice: '1' }) },
    { user: 'U0ALEX', value: JSON.stringify({ ...known, choice: '2' }) },
  );
  const payload = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), hostileText);
  return fc.oneof(
    click.map((one) => clickBody(one)),
    nearly.map((one) => clickBody(one)),
    payload.map((text) => `payload=${encodeURIComponent(text.toWellFormed())}`),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }),
  );
}

it(`${RUNS} bodies that nobody meant decide nothing, break nothing and are reflected nowhere`, async () => {
  const at = await openSlackWorld();
  const shown = at.deps.shownHashOf(at.asked, at.asked.approval.approvers[0] ?? expect.fail());
  const told: SlackMessage[] = [];
  const decided: unknown[] = [];
  const statuses = new Set<number>();
  const inMemory = {
    cases: { find: async (caseId: string) => (caseId === at.caseId ? at.asked : undefined) },
    nonces: { claim: async () => true },
    notifier: { tellOnly: async (_to: unknown, message: SlackMessage) => void told.push(message) },
    decide: async (decision: unknown) => {
      decided.push(decision);
      throw new Error('decided');
    },
  };

  await fc.assert(
    fc.asyncProperty(bodies({ caseId: at.caseId, shown }), fc.boolean(), async (body, isSigned) => {
      const request = signed(body, { at: at.world.clock.now(), ...(!isSigned && { secret: 'somebody-elses-secret' }) });
      const response = await at.answer(request, inMemory);
      statuses.add(response.statusCode);
      return response.body === '' && response.statusCode < 500 && (isSigned || response.statusCode === 401);
    }),
    { numRuns: RUNS },
  );

  expect(decided).toEqual([]);
  expect(at.faults).toEqual([]);
  // Each way out was taken, so the bodies were not all stopped at the door.
  expect([...statuses].sort()).toEqual([200, 400, 401]);
  expect([...new Set(told.map(({ text }) => text))].sort()).toEqual([
    expect.stringContaining('The facts have changed'),
    expect.stringContaining('This button is not known here'),
    expect.stringContaining('This choice cannot be undone'),
    expect.stringContaining('You were not asked about this case'),
  ]);
  expect(JSON.stringify(told)).not.toMatch(/<script|<!channel|alert\(1\)|at .*\.ts:/);
});
