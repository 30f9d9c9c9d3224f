import { expect, test } from 'vitest';
import { z } from 'zod';
import { chainedEntrySchema, firstBrokenEntry, sha256 } from '../../../lambdas/domain/evidence.ts';
import { SIMULATED_CREDENTIALS } from '../../../local/lastpass-simulator/simulator-options.ts';
import { DESTROY, KEEP, linkIdOf, REINSTATE } from '../../approver-browser.ts';
import {
  askedCase,
  caseIn,
  committedCase,
  decidedCase,
  disabledCase,
  dueCase,
  FIRST,
  openedCase,
  SECOND,
} from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

const recordSchema = z.looseObject({
  kind: z.string(),
  caseId: z.string().optional(),
  timeline: z.array(chainedEntrySchema).optional(),
});

function sealedAt(world: World, key: string) {
  const text = world.evidence.objects.get(key);
  if (text === undefined) throw new Error('nothing is sealed there');
  return { text, record: recordSchema.parse(JSON.parse(text)) };
}

const leaver = (workEmail: string) => terminationEvent({ employee: { workEmail } });

/** Every end that a case can come to by itself, reached through the real steps. */
const ENDS: readonly (readonly [string, (world: World) => Promise<{ caseId: string; executionArn: string }>])[] = [
  [
    'carried-out',
    async (world) => {
      const input = await dueCase(world, DESTROY);
      await stepsOf(world).deleteAccount(input);
      return input;
    },
  ],
  [
    'reinstated',
    async (world) => {
      const input = await decidedCase(world, REINSTATE);
      await stepsOf(world).reinstateAccount(input);
      return input;
    },
  ],
  [
    'approval-expired',
    async (world) => {
      const input = await askedCase(world);
      await stepsOf(world).confirmDecision({ ...input, isTimedOut: true });
      return input;
    },
  ],
  ['nobody-found', (world) => disabledCase(world, leaver('nobody@example.com'))],
  ['held-back', (world) => disabledCase(world, leaver('vault.owner@example.com'))],
  ['invited-only', (world) => disabledCase(world, leaver('iris.invited@example.com'))],
];

test.each(ENDS)(
  'a case that ended as %s is sealed whole, its hash is recorded, and its chain verifies',
  async (kind, bring) => {
    const world = await openWorld({ protectedAccounts: ['vault.owner@example.com'] });
    const { caseId, executionArn } = await bring(world);
    const finished = await caseIn(world, caseId, 'finished');

    const result = await stepsOf(world).sealEvidence({ caseId, executionArn, ending: {} });

    const { text, record } = sealedAt(world, result.evidenceKey);
    expect(result).toMatchObject({ caseId, evidenceKey: `cases/${caseId}/first.json`, route: 'tell' });
    expect(result.evidenceSha256).toBe(sha256(text));
    expect(record).toMatchObject({ kind: 'case', outcome: { kind }, termination: finished.termination });
    expect(record.timeline).toHaveLength(finished.timeline.length);
    expect(firstBrokenEntry(caseId, record.timeline ?? [])).toBeUndefined();
    expect((await caseIn(world, caseId, 'finished')).evidence).toEqual({
      key: result.evidenceKey,
      sha256: result.evidenceSha256,
    });
  },
);

test('a second run, however much later, keeps the first object and its hash', async () => {
  const world = await openWorld();
  const [, bring] = ENDS[0] ?? [];
  const input = await bring?.(world);
  if (input === undefined) throw new Error('no case');
  const first = await stepsOf(world).sealEvidence({ ...input, ending: {} });
  const { text } = sealedAt(world, first.evidenceKey);
  const before = await world.dump();
  world.clock.advance({ seconds: 3600 });

  const second = await stepsOf(world).sealEvidence({ ...input, ending: {} });

  expect(second).toEqual(first);
  expect(sealedAt(world, first.evidenceKey).text).toBe(text);
  expect(await world.dump()).toBe(before);
  // The same case gives the same bytes: what happened to the case since, being sealed among it, is no part of them.
  expect(world.evidence.offered).toEqual([text, text]);
});

test('the hash that is told is that of what is stored, not of what a later run would have written', async () => {
  const world = await openWorld();
  const run = { executionArn: SECOND, ending: { route: 'duplicate', runBy: FIRST } };
  const first = await stepsOf(world).sealEvidence(run);
  world.clock.advance({ seconds: 3600 });

  const second = await stepsOf(world).sealEvidence(run);

  expect(second).toEqual(first);
  expect(second.evidenceSha256).toBe(sha256(sealedAt(world, second.evidenceKey).text));
  expect(new Set(world.evidence.offered).size).toBe(2);
});

test.each([
  ['before', 1],
  ['after', 1],
  ['before', 2],
  ['after', 2],
] as const)(
  'a crash %s write %i of sealing a failure leaves one record with the hash of what is stored',
  async (when, write) => {
    const world = await openWorld();
    const input = await disabledCase(world);
    const failure = { state: 'Request approval', error: 'ApproversNotToldError', message: 'no approver could be told' };
    const run = { ...input, failure, ending: {} };
    const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write }) });
    await expect(crashing.sealEvidence(run)).rejects.toThrow(CrashError);
    world.clock.advance({ seconds: 30 });

    const result = await stepsOf(world).sealEvidence(run);

    expect([...world.evidence.objects.keys()]).toEqual([result.evidenceKey]);
    expect(result.evidenceSha256).toBe(sha256(sealedAt(world, result.evidenceKey).text));
    const { evidence, timeline } = await caseIn(world, input.caseId, 'finished');
    expect(evidence?.sha256).toBe(result.evidenceSha256);
    expect(timeline.filter(({ code }) => code === 'step-failed')).toHaveLength(1);
  },
);

test.each([
  ['opened', openedCase, 'NOT known to be disabled'],
  ['disabled', disabledCase, 'The account was disabled, and nothing was deleted'],
  ['asked', askedCase, 'The account was disabled, and nothing was deleted'],
  ['decided', (world: World) => decidedCase(world, DESTROY), 'The account was disabled, and nothing was deleted'],
  ['committed', (world: World) => committedCase(world, DESTROY), 'look at the account in LastPass'],
] as const)(
  'a workflow that fails while a case is %s is sealed with the state that failed and how things stand',
  async (status, bring, intent) => {
    const world = await openWorld();
    const { caseId, executionArn } = await bring(world);
    const failure = { state: 'Some state', error: 'SomeError', message: 'what to do' };

    const result = await stepsOf(world).sealEvidence({ caseId, executionArn, failure, ending: {} });

    const { outcome } = await caseIn(world, caseId, 'finished');
    expect(outcome).toMatchObject({ kind: 'failed', failure });
    expect(outcome.summary).toContain('Some state');
    expect(outcome.summary).toContain(intent);
    const { record } = sealedAt(world, result.evidenceKey);
    expect(record.timeline?.at(-1)).toMatchObject({
      step: 'Some state',
      facts: { statusThen: status, error: 'SomeError' },
    });
  },
);

test('a workflow that ended without outcome and without failure still calls for a person', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);

  await stepsOf(world).sealEvidence({ ...input, ending: {} });

  expect((await caseIn(world, input.caseId, 'finished')).outcome).toMatchObject({
    kind: 'failed',
    failure: { error: 'EndedWithoutOutcome' },
  });
});

test('no token, link, account number or provisioning hash is anywhere in what is sealed', async () => {
  const world = await openWorld();
  const input = await disabledCase(world);
  const taskToken = world.workflow.mintToken();
  await stepsOf(world).requestApproval({ ...input, taskToken });
  const links = [ALEX, SAM].map(({ email }) => linkIdOf(world, email));
  const failure = { state: 'Confirm decision', error: 'DecisionMissingError', message: 'no decision' };

  await stepsOf(world).sealEvidence({ ...input, failure, ending: {} });

  const everything = [...world.evidence.objects.values()].join('\n');
  const secrets = [taskToken, ...links, SIMULATED_CREDENTIALS.provhash, String(SIMULATED_CREDENTIALS.cid)];
  for (const secret of secrets) expect(everything).not.toContain(secret);
  expect(everything).not.toMatch(/\/approvals\//);
});

test.each([
  ['a duplicate', { route: 'duplicate', runBy: FIRST }, undefined, 'quiet'],
  ['a superseded execution', { superseded: { Error: 'SupersededError' } }, undefined, 'quiet'],
  [
    'an event that could not even be opened',
    { detail: {} },
    { state: 'Open case', error: 'States.TaskFailed', message: 'throttled' },
    'person',
  ],
] as const)('%s leaves a record of its own and does not touch the case', async (_what, ending, failure, route) => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world);
  const before = await world.dump();

  const result = await stepsOf(world).sealEvidence({ executionArn: SECOND, caseId, failure, ending });

  expect(result).toMatchObject({ evidenceKey: 'executions/second.json', route });
  expect(sealedAt(world, 'executions/second.json').record).toMatchObject({ kind: 'execution', ending });
  expect(await world.dump()).toBe(before);
});

test('a parked event leaves a record without a case', async () => {
  const world = await openWorld();

  const ending = { route: 'parked', parkedId: 'p' };
  const result = await stepsOf(world).sealEvidence({ executionArn: FIRST, ending });

  expect(result).toMatchObject({ evidenceKey: 'executions/first.json', route: 'quiet' });
});

test('a case that was taken over is sealed once for each execution that ended it', async () => {
  const world = await openWorld();
  const { caseId } = await disabledCase(world);
  const failure = { state: 'Request approval', error: 'ApproversNotToldError', message: 'none' };
  await stepsOf(world).sealEvidence({ executionArn: FIRST, caseId, failure, ending: {} });
  const firstText = sealedAt(world, `cases/${caseId}/first.json`).text;
  world.workflow.running.delete(FIRST);
  await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });
  const again = { caseId, executionArn: SECOND };
  await stepsOf(world).disableAccount(again);

  await stepsOf(world).sealEvidence({ ...again, failure, ending: {} });

  expect(sealedAt(world, `cases/${caseId}/first.json`).text).toBe(firstText);
  const { record } = sealedAt(world, `cases/${caseId}/second.json`);
  expect(record.timeline?.map(({ code }) => code)).toContain('case-taken-over');
});

test('a decision is sealed with who, what, when and what they were shown', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);
  await stepsOf(world).deleteAccount(input);

  const { evidenceKey } = await stepsOf(world).sealEvidence({ ...input, ending: {} });

  expect(sealedAt(world, evidenceKey).record).toMatchObject({
    decision: {
      decisionId: input.decisionId,
      choice: '0',
      contract: 'lastpass',
      approver: ALEX,
      votes: [{ approver: ALEX, choice: '0', shownHash: expect.stringMatching(/^[0-9a-f]{64}$/), stepUp: 'none' }],
      effect: { label: 'Keep the account disabled', isReversible: true },
    },
  });
});
