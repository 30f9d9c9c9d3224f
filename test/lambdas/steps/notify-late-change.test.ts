import { expect, test } from 'vitest';
import type { EventFault } from '../../../lambdas/domain/hr-events/hr-event.ts';
import { askedCase, caseIn, FIRST, openedCase } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

const fault: EventFault = {
  field: 'detail.data.lastWorkingMoment',
  problem: 'comes after the account was disabled',
  remedy: 'agree with HR on what to do',
};
const late = (caseId: string) => ({ caseId, parkedId: 'parked-1', fault });
const told = (world: World) => world.mailbox.sent.map(({ to }) => to);

/** Jane's case, for whose approval people were asked; what they were sent till then is not counted. */
async function askedCaseIn(world: World, event?: unknown) {
  const { caseId } = await askedCase(world, event);
  world.mailbox.sent.length = 0;
  return caseId;
}

test('everybody who was asked is told once, and the case stays with its execution', async () => {
  const world = await openWorld();
  const caseId = await askedCaseIn(world);

  expect(await stepsOf(world).notifyLateChange(late(caseId))).toEqual({ caseId, route: 'told' });
  await stepsOf(world).notifyLateChange(late(caseId));

  expect(told(world)).toEqual([ALEX.email, SAM.email]);
  expect(world.mailbox.sent[0]?.text).toContain('HR changed the last working day, and it is too late.');
  expect(await caseIn(world, caseId, 'asked')).toMatchObject({ executionArn: FIRST });
});

test('another late event of the same case is told too', async () => {
  const world = await openWorld();
  const caseId = await askedCaseIn(world);

  await stepsOf(world).notifyLateChange(late(caseId));
  await stepsOf(world).notifyLateChange({ ...late(caseId), parkedId: 'parked-2' });

  expect(told(world)).toEqual([ALEX.email, SAM.email, ALEX.email, SAM.email]);
});

test('where nobody was asked yet, the configured approvers and whoever triggered the case are told, never the leaver', async () => {
  const world = await openWorld({ approvers: [ALEX, { ...SAM, email: JANE.toUpperCase() }] });
  const requestedBy = { email: 'nina.novak@example.com', displayName: 'Nina Novak' };
  const { caseId } = await openedCase(world, terminationEvent({ data: { requestedBy } }));

  await stepsOf(world).notifyLateChange(late(caseId));

  expect(told(world)).toEqual([ALEX.email, requestedBy.email]);
});

test('one mailbox that takes nothing has nobody told twice; when none takes anything, the step fails', async () => {
  const world = await openWorld();
  const caseId = await askedCaseIn(world);
  for (const { email } of [ALEX, SAM]) world.mailbox.broken.add(email);

  expect(await errorName(stepsOf(world).notifyLateChange(late(caseId)))).toBe('ApproversNotToldError');
  world.mailbox.broken.delete(SAM.email);
  await stepsOf(world).notifyLateChange(late(caseId));
  await stepsOf(world).notifyLateChange(late(caseId));

  expect(told(world)).toEqual([SAM.email]);
});

test.each([
  ['before', [ALEX.email, SAM.email, ALEX.email, SAM.email]],
  ['after', [ALEX.email, SAM.email]],
] as const)('a crash %s the timeline says so leaves nobody untold', async (when, mails) => {
  const world = await openWorld();
  const caseId = await askedCaseIn(world);
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write: 1 }) });
  await expect(crashing.notifyLateChange(late(caseId))).rejects.toThrow(CrashError);

  await stepsOf(world).notifyLateChange(late(caseId));

  expect(told(world)).toEqual(mails);
});

test('a case that is not in the table is named', async () => {
  const world = await openWorld();
  expect(await errorName(stepsOf(world).notifyLateChange(late('case-of-nobody')))).toBe('CaseNotFoundError');
});
