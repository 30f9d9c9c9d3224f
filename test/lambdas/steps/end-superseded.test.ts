import { expect, test } from 'vitest';
import { KEEP } from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, FIRST, SECOND } from '../../case-at-status.ts';
import { cancellation, someoneElseLeaves, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { openWorld, type World } from '../../offboarding-world.ts';

const SUPERSEDED = { error: 'SupersededError', cause: expect.stringContaining('run by another execution') };

/** HR takes the termination back while approvers are asked: another execution reinstates the account. */
async function cancelledCase(world: World) {
  const input = await askedCase(world);
  const event = cancellation({ metadata: { eventId: 'back', occurredAt: '2026-11-21T10:00:02Z' } });
  await stepsOf(world).openCase({ executionArn: SECOND, event });
  const { decision } = await caseIn(world, input.caseId, 'decided');
  await stepsOf(world).reinstateAccount({ ...input, executionArn: SECOND, decisionId: decision.decisionId });
  return input;
}

test('an execution that waits although HR’s cancellation took its case is ended, with the reason, once', async () => {
  const world = await openWorld();
  await cancelledCase(world);

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ ended: 1 });
  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ ended: 0 });

  expect(world.workflow.failures).toMatchObject([SUPERSEDED]);
  expect(world.workflow.waiting.size).toBe(0);
});

test('an execution that still has its case is left waiting, whatever became of others', async () => {
  const world = await openWorld();
  await cancelledCase(world);
  await stepsOf(world).chaseApprovals();
  const input = await askedCase(world, someoneElseLeaves('dirk.directory@example.com'));

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ ended: 0 });
  expect(world.workflow.waiting.size).toBe(1);
  expect(await caseIn(world, input.caseId, 'asked')).toMatchObject({ executionArn: FIRST });
});

test('one that was answered is never failed, although its signal was noted by nobody', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);
  await stepsOf(world).deleteAccount(input);
  const executionArn = FIRST;
  const token = (await world.taskTokens.find(input.caseId, executionArn)) ?? '';
  await world.taskTokens.keep({ caseId: input.caseId, executionArn, token });

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ ended: 0 });
  expect(world.workflow.failures).toEqual([]);
  expect(await world.taskTokens.waiting()).toEqual([]);
});

test('a case that was taken over by another execution, which asks anew: the old one is ended, the new one waits', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const [old = ''] = world.workflow.waiting;
  world.workflow.running.delete(FIRST);
  await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });
  await stepsOf(world).disableAccount({ caseId, executionArn: SECOND });
  const taskToken = world.workflow.mintToken();
  await stepsOf(world).requestApproval({ caseId, executionArn: SECOND, taskToken });
  // Both wait, as far as Step Functions is concerned.
  world.workflow.over.delete(old);
  world.workflow.waiting.add(old);

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ ended: 1 });

  expect(world.workflow.failures).toMatchObject([{ taskToken: old, ...SUPERSEDED }]);
  expect([...world.workflow.waiting]).toEqual([taskToken]);
});

test('one that has ended by itself is as good as ended, and one that cannot be ended is told and tried again', async () => {
  const world = await openWorld();
  const { caseId } = await cancelledCase(world);
  await world.taskTokens.keep({ caseId, executionArn: FIRST, token: 'not a token at all' });
  const faults: (readonly [string, unknown])[] = [];
  const { chaseApprovals } = stepsOf(world, { onChaseFault: (...fault) => faults.push(fault) });

  await chaseApprovals();
  expect(faults).toMatchObject([[caseId, { name: 'InvalidToken' }]]);
  expect(await world.taskTokens.waiting()).toHaveLength(1);

  const token = world.workflow.mintToken();
  world.workflow.mintToken();
  await world.taskTokens.keep({ caseId, executionArn: FIRST, token });
  expect(await chaseApprovals()).toMatchObject({ ended: 0 });
  expect(await world.taskTokens.waiting()).toEqual([]);
});
