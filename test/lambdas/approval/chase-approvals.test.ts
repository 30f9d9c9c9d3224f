import { expect, test } from 'vitest';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import { DESTROY, decideAs, KEEP } from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase } from '../../case-at-status.ts';
import { crashingStore } from '../../crashing-case-store.ts';
import { someoneElseLeaves, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, type World } from '../../offboarding-world.ts';

const OUTAGE = new AwsError('AccessDeniedException', 'Step Functions does not listen');

/** A decision on record that the workflow was never told of. */
async function unheardDecision(world: World, event = terminationEvent()) {
  const input = await askedCase(world, event);
  world.workflow.outage = OUTAGE;
  await decideAs(world, ALEX.email, KEEP);
  world.workflow.outage = undefined;
  return input;
}

test('a decision that was stored and never signalled is signalled, once', async () => {
  const world = await openWorld();
  const { caseId } = await unheardDecision(world);
  const { chaseApprovals } = stepsOf(world);

  expect(await chaseApprovals()).toMatchObject({ signalled: 1 });
  expect(await chaseApprovals()).toMatchObject({ signalled: 0 });

  expect(world.workflow.signals).toHaveLength(1);
  expect((await caseIn(world, caseId, 'decided')).signalledAt).toBe(world.clock.now().toISOString());
});

test('a signal carries no decision: the next step reads the record', async () => {
  const world = await openWorld();
  const { caseId } = await unheardDecision(world);

  await stepsOf(world).chaseApprovals();

  expect(JSON.parse(world.workflow.signals[0]?.output ?? '')).toEqual({ caseId });
});

test('decisions that were heard, and cases that nobody decided, are left alone', async () => {
  const world = await openWorld();
  await decidedCase(world, DESTROY);
  await askedCase(world, terminationEvent({ data: { terminationId: 'term-2' } }));
  const before = await world.dump();

  expect(await stepsOf(world).chaseApprovals()).toEqual({
    ...{ signalled: 0, ended: 0, news: 0, reminded: 0, escalated: 0, nobodyLeft: 0, overdue: 0 },
    oldestUndecidedSeconds: 0,
  });
  expect(await world.dump()).toBe(before);
});

test('one decision that cannot be signalled does not keep the others from being heard, and is reported', async () => {
  const world = await openWorld();
  const input = await unheardDecision(world);
  world.clock.advance({ seconds: 60 });
  const later = await unheardDecision(world, someoneElseLeaves('dirk.directory@example.com'));
  await world.taskTokens.keep({ ...input, token: 'not a token at all' });

  const faults: (readonly [string, unknown])[] = [];
  const { chaseApprovals } = stepsOf(world, { onChaseFault: (...fault) => faults.push(fault) });

  expect(await chaseApprovals()).toMatchObject({ signalled: 1 });

  expect(faults).toMatchObject([[input.caseId, { name: 'InvalidToken' }]]);
  expect(world.workflow.signals.map(({ output }) => JSON.parse(output))).toEqual([{ caseId: later.caseId }]);
  expect((await caseIn(world, input.caseId, 'decided')).signalledAt).toBeUndefined();
});

test('a token that nobody waits for any more is as good as heard', async () => {
  const world = await openWorld();
  const { caseId } = await unheardDecision(world);
  world.workflow.mintToken();

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ signalled: 1 });
  expect((await caseIn(world, caseId, 'decided')).signalledAt).toBeDefined();
});

test('a crash between telling the workflow and noting it is repaired by telling it again', async () => {
  const world = await openWorld();
  const { caseId } = await unheardDecision(world);
  const cases = crashingStore(world.cases, { when: 'before', write: 1 });
  const faults: unknown[] = [];
  await stepsOf(world, { cases, onChaseFault: (_, error) => faults.push(error) }).chaseApprovals();
  expect(faults).toMatchObject([{ name: 'CrashError' }]);

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ signalled: 1 });

  expect(world.workflow.signals).toHaveLength(1);
  expect((await caseIn(world, caseId, 'decided')).signalledAt).toBeDefined();
});

test('a workflow that goes on at once, before the signal is noted, is no fault', async () => {
  const world = await openWorld();
  const input = await unheardDecision(world);
  const { decision } = await caseIn(world, input.caseId, 'decided');
  world.workflow.goesOn = () => stepsOf(world).deleteAccount({ ...input, decisionId: decision.decisionId });

  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ signalled: 1 });

  await caseIn(world, input.caseId, 'finished');
});
