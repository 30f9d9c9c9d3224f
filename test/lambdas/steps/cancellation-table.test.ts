import { describe, expect, test } from 'vitest';
import { formerCaseIdOf } from '../../../lambdas/domain/case-id.ts';
import { parkedEventSchema } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { KEEP, LEAVE, REINSTATE } from '../../approver-browser.ts';
import {
  askedCase,
  caseIn,
  committedCase,
  decidedCase,
  disabledCase,
  dueCase,
  expiredCase,
  FIRST,
  openedCase,
  SECOND,
  statusOf,
  undoneCase,
} from '../../case-at-status.ts';
import { cancellation, redriven, someoneElseLeaves, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const THIRD = `${FIRST}-third`;
const LATER = '2026-11-21T10:00:03Z';

async function report(world: World, executionArn: string, event: unknown) {
  world.workflow.running.add(executionArn);
  return stepsOf(world).openCase({ executionArn, event });
}

const cancels = (world: World, executionArn = SECOND) =>
  report(world, executionArn, cancellation({ metadata: { eventId: 'evt-2', occurredAt: LATER } }));

/** What waits for a person. */
async function parked(world: World) {
  const items = (await world.dump()).split('\n').map((line): unknown => JSON.parse(line));
  const withText = items.map((item) => {
    const { eventText, ...rest } = JSON.parse(JSON.stringify(item));
    return eventText === undefined ? rest : { ...rest, event: JSON.parse(eventText) };
  });
  return withText.flatMap((item) => parkedEventSchema.safeParse(item).data ?? []);
}

const isDisabled = (world: World, address = JANE) => world.simulator.directory.find(address)?.isDisabled;

async function failed(world: World) {
  const input = await askedCase(world);
  const failure = { state: 'Delete account', error: 'States.TaskFailed', message: 'something' };
  await stepsOf(world).sealEvidence({ ...input, ending: { failure } });
  return input;
}

async function kept(world: World) {
  const input = await decidedCase(world, KEEP);
  await stepsOf(world).deleteAccount(input);
  return input;
}

async function deleted(world: World) {
  const input = await dueCase(world, LEAVE);
  await stepsOf(world).deleteAccount(input);
  return input;
}

async function reinstated(world: World) {
  const input = await decidedCase(world, REINSTATE);
  await stepsOf(world).reinstateAccount(input);
  return input;
}

describe('HR’s cancellation of a case that is', () => {
  test.each([
    ['opened', (world: World) => openedCase(world), { route: 'finished' }],
    ['disabled', (world: World) => disabledCase(world), { route: 'reinstate' }],
    ['asked', (world: World) => askedCase(world), { route: 'reinstate' }],
    ['decided and held', (world: World) => dueCase(world, LEAVE), { route: 'reinstate' }],
    ['expired', expiredCase, { route: 'reinstate' }],
    ['undone', undoneCase, { route: 'reinstate' }],
    ['failed', failed, { route: 'reinstate' }],
    ['carried out, kept disabled', kept, { route: 'too late', fault: { code: 'decided by people' } }],
    [
      'being carried out',
      (world: World) => committedCase(world, LEAVE),
      { route: 'too late', fault: { code: 'too late' } },
    ],
    ['deleted', deleted, { route: 'too late', fault: { code: 'too late' } }],
    ['reinstated', reinstated, { route: 'duplicate' }],
  ] as const)('%s', async (_status, bring, answer) => {
    const world = await openWorld();
    const { caseId } = await bring(world);
    world.workflow.running.add(FIRST);

    expect(await cancels(world)).toMatchObject({ ...answer, caseId });

    expect(await parked(world)).toHaveLength(answer.route === 'too late' ? 1 : 0);
  });

  test('carried out by people’s decision: an operator who redrives it has it carried out', async () => {
    const world = await openWorld();
    const { caseId } = await kept(world);
    await cancels(world);
    const [waiting] = await parked(world);
    if (!waiting) throw new Error('nothing is parked');

    const result = await report(world, THIRD, redriven(waiting));

    expect(result).toMatchObject({ route: 'reinstate', caseId });
  });
});

describe('more cancellations than cancellationsPerHour', () => {
  const NINA = 'nina.novak@example.com';
  const ninas = (eventId: string, event: ReturnType<typeof cancellation>) => ({
    ...event,
    detail: {
      metadata: { ...event.detail.metadata, eventId },
      data: { terminationId: 'term-1', employee: { id: NINA } },
    },
  });

  async function twoDisabled() {
    const world = await openWorld({ cancellationsPerHour: 1 });
    await askedCase(world);
    const ninasCase = await report(world, THIRD, someoneElseLeaves(NINA));
    const caseId = 'caseId' in ninasCase ? (ninasCase.caseId ?? '') : '';
    await stepsOf(world).disableAccount({ caseId, executionArn: THIRD });
    expect(await cancels(world)).toMatchObject({ route: 'reinstate' });
    const cancelled = ninas('evt-9', cancellation({ metadata: { occurredAt: LATER } }));
    return { world, caseId, cancelled };
  }

  test('are parked and told, and the account stays disabled, also when it is sent again', async () => {
    const { world, caseId, cancelled } = await twoDisabled();

    const refused = await report(world, `${THIRD}-b`, cancelled);

    expect(refused).toMatchObject({ route: 'too late', caseId, fault: { code: 'too many cancellations' } });
    world.clock.advance({ seconds: 7_200 });
    expect(await report(world, `${THIRD}-c`, cancelled)).toMatchObject({ route: 'duplicate' });
    expect(isDisabled(world, NINA)).toBe(true);
    expect((await caseIn(world, caseId, 'disabled')).activeAgain).toHaveLength(1);
  });

  test('count while they go on; an hour of quiet ends it', async () => {
    const { world, caseId, cancelled } = await twoDisabled();
    await report(world, `${THIRD}-b`, cancelled);
    world.clock.advance({ seconds: 3_700 });

    const again = ninas('evt-10', cancellation({ metadata: { occurredAt: '2026-11-21T11:00:00Z' } }));

    expect(await report(world, `${THIRD}-c`, again)).toMatchObject({ route: 'reinstate', caseId });
  });

  test('are carried out by an operator who redrives them', async () => {
    const { world, caseId, cancelled } = await twoDisabled();
    await report(world, `${THIRD}-b`, cancelled);
    const [waiting] = await parked(world);
    if (!waiting) throw new Error('nothing is parked');

    expect(await report(world, `${THIRD}-c`, redriven(waiting))).toMatchObject({ route: 'reinstate', caseId });
  });
});

describe('a case that an earlier version opened, without its source in the id', () => {
  const ONLY_HR = [{ source: 'com.example.hr', speaksFor: [] }];
  const former = formerCaseIdOf({ employeeId: 'emp-1', terminationId: 'term-1' });

  /** As it was stored: under the former id, and with what the event named itself. */
  async function formerCase(reportingSystems = ONLY_HR) {
    const world = await openWorld({ reportingSystems });
    const { caseId } = await openedCase(world);
    const opened = await caseIn(world, caseId, 'opened');
    const before = await openWorld({ reportingSystems });
    await before.leavers.caseOf(JANE, former);
    const termination = { ...opened.termination, source: 'hr.example.com' };
    await before.cases.claim({ ...opened, caseId: former, version: 1, termination });
    before.workflow.running.add(FIRST);
    return before;
  }

  test('is taken back by the system that reported it', async () => {
    const world = await formerCase();

    expect(await cancels(world)).toMatchObject({ route: 'finished', caseId: former });
  });

  test('meets a duplicate of its report as one', async () => {
    const world = await formerCase();

    expect(await report(world, SECOND, terminationEvent())).toMatchObject({ route: 'duplicate', caseId: former });
  });

  test('is nobody’s to take back where several systems could have reported it, but an operator’s', async () => {
    const world = await formerCase([...ONLY_HR, { source: 'com.example.payroll', speaksFor: [] }]);

    expect(await cancels(world)).toMatchObject({ route: 'parked' });

    expect(await statusOf(world, former)).toBe('opened');
  });
});
