import { expect, test } from 'vitest';
import { requestApproval } from '../../../lambdas/steps/request-approval.ts';
import { decideAs, KEEP } from '../../approver-browser.ts';
import { askedCase, caseIn, disabledCase } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { terminationEvent } from '../../hr-events.ts';
import { configuredIn, requestApprovalDeps, stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

const MORGAN = { email: 'morgan.low@example.com', displayName: 'Morgan Low' };
const DANA = { email: 'dana.fox@example.com', displayName: 'Dana Fox' };
const RUTH = { email: 'ruth.ode@example.com', displayName: 'Ruth Ode', role: 'legal', absences: [] };
const AWAY = [{ from: '2026-11-20T00:00:00Z', until: '2026-11-28T00:00:00+01:00' }];

const asked = (world: World) => world.mailbox.sent.map(({ to }) => to);
const withManager = terminationEvent({ employee: { manager: MORGAN } });
const requestedBy = (email: string) => terminationEvent({ data: { requestedBy: { email } } });

/** Jane's case when Alex is configured with a deputy, absences or both. */
async function askWith(world: World, change: object, event?: unknown) {
  const input = await disabledCase(world, event);
  const approvers = [
    { absences: [], ...ALEX, ...change },
    { absences: [], ...SAM },
  ];
  const step = requestApproval({
    ...requestApprovalDeps(world),
    configured: async () => ({ ...configuredIn(world), approvers }),
  });
  await step({ ...input, taskToken: world.workflow.mintToken() });
  return input;
}

test('the leaver’s manager is asked too, as the manager, and may decide', async () => {
  const world = await openWorld();

  const { caseId } = await askedCase(world, withManager);

  expect(asked(world)).toEqual([ALEX.email, SAM.email, MORGAN.email]);
  await decideAs(world, MORGAN.email, KEEP);
  expect((await caseIn(world, caseId, 'decided')).decision.approver).toEqual({
    ...MORGAN,
    role: 'manager',
    namedBy: 'hr',
  });
});

test('a manager who is configured anyway is asked once', async () => {
  const world = await openWorld();

  await askedCase(world, terminationEvent({ employee: { manager: { ...MORGAN, email: 'Sam.Lee@Example.com' } } }));

  expect(asked(world)).toEqual([ALEX.email, SAM.email]);
});

test.each([ALEX.email, 'Alex.Kim@Example.com'])('whoever triggered the case is not asked (%s)', async (email) => {
  const world = await openWorld();

  const { caseId } = await askedCase(world, requestedBy(email));

  expect(asked(world)).toEqual([SAM.email]);
  expect(
    (await caseIn(world, caseId, 'asked')).timeline.find(({ code }) => code === 'approval-requested'),
  ).toMatchObject({
    facts: { approvers: 1, excluded: 1 },
  });
});

test('a manager who triggered the case is not asked either', async () => {
  const world = await openWorld();

  await askedCase(
    world,
    terminationEvent({ employee: { manager: MORGAN }, data: { requestedBy: { email: MORGAN.email } } }),
  );

  expect(asked(world)).toEqual([ALEX.email, SAM.email]);
});

test('while an approver is absent the deputy is asked in their place and role', async () => {
  const world = await openWorld();

  const { caseId } = await askWith(world, { deputy: DANA, absences: AWAY });

  expect(asked(world)).toEqual([DANA.email, SAM.email]);
  expect((await caseIn(world, caseId, 'asked')).approval.approvers[0]).toMatchObject({ ...DANA, role: ALEX.role });
});

test.each([
  ['before it begins', '2026-11-19T23:59:59.999Z'],
  ['once it is over', '2026-11-27T23:00:00.000Z'],
])('an absence counts from its begin to its end: %s the approver is asked', async (_when, now) => {
  const world = await openWorld();
  world.clock.set(now);

  await askWith(world, { deputy: DANA, absences: AWAY });

  expect(asked(world)).toEqual([ALEX.email, SAM.email]);
});

test.each([
  ['nobody stands in for', { absences: AWAY }, undefined],
  ['the leaver stands in for', { absences: AWAY, deputy: { ...DANA, email: JANE } }, undefined],
  ['whoever triggered the case stands in for', { absences: AWAY, deputy: DANA }, requestedBy(DANA.email)],
  [
    'is absent and triggered the case, whose deputy is as close to it',
    { absences: AWAY, deputy: DANA },
    requestedBy(ALEX.email),
  ],
])('an absent approver whom %s is left out', async (_who, change, event) => {
  const world = await openWorld();

  await askWith(world, change, event);

  expect(asked(world)).toEqual([SAM.email]);
});

test('when nobody of them is left the fallback approvers are asked at once, and not asked again as fallback', async () => {
  const world = await openWorld({ approvers: [ALEX], fallbackApprovers: [RUTH] });

  const { caseId } = await askedCase(world, requestedBy(ALEX.email));

  expect(asked(world)).toEqual([RUTH.email]);
  world.clock.advance({ seconds: 30 * 3600 });
  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ escalated: 0 });
  expect(await decideAs(world, RUTH.email, KEEP)).toMatchObject({ statusCode: 303 });
  expect((await caseIn(world, caseId, 'decided')).decision.approver).toMatchObject({ email: RUTH.email });
});

test('the fallback approvers are not asked as long as somebody else is left', async () => {
  const world = await openWorld({ fallbackApprovers: [RUTH] });

  await askedCase(world, requestedBy(ALEX.email));

  expect(asked(world)).toEqual([SAM.email]);
});

test.each([
  ['there is no fallback', []],
  ['the fallback approver is the leaver', [{ ...RUTH, email: JANE }]],
  ['the fallback approver triggered the case', [{ ...RUTH, email: ALEX.email }]],
  ['the fallback approver is absent', [{ ...RUTH, absences: AWAY }]],
])(
  'with nobody left to ask, because %s, the step fails by name and nobody is asked',
  async (_why, fallbackApprovers) => {
    const world = await openWorld({ approvers: [ALEX], fallbackApprovers });
    const input = await disabledCase(world, requestedBy(ALEX.email));

    const run = stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });

    expect(await errorName(run)).toBe('NobodyMayDecideError');
    expect(asked(world)).toEqual([]);
    await caseIn(world, input.caseId, 'disabled');
  },
);
