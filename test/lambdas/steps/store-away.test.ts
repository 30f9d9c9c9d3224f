import { describe, expect, test } from 'vitest';
import { ConfigurationRefusedError, ConfigurationUnavailableError } from '../../../lambdas/configuration/errors.ts';
import { KEEP } from '../../approver-browser.ts';
import { caseIn, decidedCase, disabledCase, FIRST } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { openWorld } from '../../offboarding-world.ts';

const MELBOURNE = { Melbourne: 'Australia/Melbourne' };
const inMelbourne = (data: Record<string, unknown>) => terminationEvent({ data, employee: { location: 'Melbourne' } });

/** A world whose configuration document cannot be had until it comes back. */
async function openWithoutDocument(fault: Error = new ConfigurationUnavailableError('S3 is away')) {
  const world = await openWorld();
  world.workflow.running.add(FIRST);
  const store: { fault: Error | undefined } = { fault };
  const steps = stepsOf(world, { locations: MELBOURNE, documentFault: () => store.fault });
  return { world, store, steps };
}

describe.each([
  ['cannot be read', new ConfigurationUnavailableError('S3 is away')],
  ['is another one', new ConfigurationRefusedError('another hash')],
])('while the configuration document %s', (_what, fault) => {
  test('a leaver is disabled in time, nobody is asked or told anything, and once it is back everybody is asked', async () => {
    const { world, store, steps } = await openWithoutDocument(fault);

    const opened = await steps.openCase({ executionArn: FIRST, event: inMelbourne({}) });
    const input = { caseId: 'caseId' in opened ? (opened.caseId ?? '') : '', executionArn: FIRST };
    expect(await steps.disableAccount(input)).toMatchObject({ route: 'disabled' });
    await steps.gatherFacts(input);
    const asking = { ...input, taskToken: world.workflow.mintToken() };
    expect(await errorName(steps.requestApproval(asking))).toBe(fault.name);
    expect(world.mailbox.sent).toEqual([]);
    expect((await caseIn(world, input.caseId, 'disabled')).status).toBe('disabled');

    store.fault = undefined;
    await steps.requestApproval(asking);

    expect((await caseIn(world, input.caseId, 'asked')).approval.approvers).toHaveLength(2);
    expect(world.mailbox.sent).toHaveLength(2);
  });

  test.each([
    ['at once', {}],
    ['a moment with an offset', { immediate: false, lastWorkingMoment: '2026-11-30T17:00:00+11:00' }],
    ['a date in a zone of its own', { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'Asia/Tokyo' }],
  ])('a termination by %s opens its case, whatever place it names', async (_when, data) => {
    const { steps } = await openWithoutDocument(fault);

    expect(await steps.openCase({ executionArn: FIRST, event: inMelbourne(data) })).toMatchObject({ route: 'opened' });
  });

  test('a date whose zone is that of a place waits, and is neither guessed nor parked', async () => {
    const { world, store, steps } = await openWithoutDocument(fault);
    const event = inMelbourne({ immediate: false, lastWorkingMoment: '2026-11-30' });

    expect(await errorName(steps.openCase({ executionArn: FIRST, event }))).toBe(fault.name);
    expect(await world.dump()).toBe('');
    store.fault = undefined;

    expect(await steps.openCase({ executionArn: FIRST, event })).toMatchObject({
      route: 'opened',
      waitUntil: '2026-11-30T13:00:00.000Z',
    });
  });
});

test('the chase repeats lost signals and reminds, and only the fallback approvers wait for the document', async () => {
  const faults: string[] = [];
  const world = await openWorld();
  const store: { fault: Error | undefined } = { fault: new ConfigurationUnavailableError('S3 is away') };
  const { chaseApprovals } = stepsOf(world, {
    documentFault: () => store.fault,
    onChaseFault: (_caseId, error) => void faults.push(error instanceof Error ? error.name : ''),
  });
  const input = await disabledCase(world);
  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });
  world.clock.advance({ seconds: 96 * 3600 });
  const before = world.mailbox.sent.length;

  const first = await chaseApprovals();
  expect(first).toMatchObject({ reminded: 2, escalated: 0 });
  expect(faults).toEqual(['ConfigurationUnavailableError']);
  expect(world.mailbox.sent).toHaveLength(before + 2);

  store.fault = undefined;
  expect(await chaseApprovals()).toMatchObject({ escalated: 1 });
});

test('a decision is confirmed and carried out without the document', async () => {
  const { world } = await openWithoutDocument();
  const input = await decidedCase(world, KEEP);
  const steps = stepsOf(world, { documentFault: () => new ConfigurationUnavailableError('S3 is away') });

  expect(await steps.confirmDecision({ ...input, isTimedOut: false })).toMatchObject({ route: 'carry out' });
  await steps.deleteAccount(input);

  expect((await caseIn(world, input.caseId, 'finished')).outcome.kind).toBe('carried-out');
});
