import { expect, test } from 'vitest';
import { linkIdOf, openPage } from '../../approver-browser.ts';
import { askedCase, caseIn } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { ALEX, JANE, openWorld, SAM } from '../../offboarding-world.ts';

const LEAD = 'HR’s report named a manager in a form that cannot be read.';

test('a leaver whose manager cannot be read is disabled, and approvers are told that the manager was not asked', async () => {
  const world = await openWorld();

  const { caseId } = await askedCase(world, terminationEvent({ employee: { manager: { email: 'the boss' } } }));

  expect(world.simulator.directory.find(JANE)?.isDisabled).toBe(true);
  const { timeline, approval } = await caseIn(world, caseId, 'asked');
  expect(timeline[0]).toMatchObject({ code: 'case-opened', facts: { unread: 'employee.manager' } });
  expect(approval.approvers.map(({ email }) => email)).toEqual([ALEX.email, SAM.email]);
  const page = (await openPage(world, linkIdOf(world, ALEX.email))).body;
  expect(page).toContain(LEAD);
  expect(world.mailbox.to(ALEX.email).at(-1)?.text).toContain(LEAD);
  expect(page + JSON.stringify(timeline)).not.toContain('the boss');
});

test('what says nothing about who decides is noted, and needs no warning', async () => {
  const world = await openWorld();

  const { caseId } = await askedCase(world, terminationEvent({ data: { reason: 7 }, employee: { manager: null } }));

  expect((await caseIn(world, caseId, 'asked')).timeline[0]?.facts).toMatchObject({ unread: 'reason' });
  expect((await openPage(world, linkIdOf(world, ALEX.email))).body).not.toContain(LEAD);
});
