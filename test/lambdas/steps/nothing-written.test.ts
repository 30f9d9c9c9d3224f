import { expect, test } from 'vitest';
import { countingLastPassFaults } from '../../../lambdas/steps/count-lastpass-faults.ts';
import type { Fault } from '../../../local/lastpass-simulator/faults.ts';
import { DESTROY, REINSTATE } from '../../approver-browser.ts';
import { caseIn, committedCase, decidedCase, dueCase, openedCase } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { JANE, openWorld, type World } from '../../offboarding-world.ts';

const ODD: readonly (readonly [string, Fault])[] = [
  ['a redirect', { kind: 'answer', status: 302, text: '' }],
  ['a 307', { kind: 'answer', status: 307, text: '' }],
  ['an odd answer', { kind: 'answer', text: '{"hello":1}' }],
  ['an unknown XML code', { kind: 'answer', text: '<lastpass rc="Gone"/>' }],
  ['a refusal', { kind: 'answer', text: '{"status":"FAIL","error":"try later"}' }],
];

/** The steps that write to LastPass, each with a case that has come to it and the status that it has until then. */
const STEPS = {
  'Disable account': async (world: World) => {
    const input = await openedCase(world);
    return { ...input, status: 'opened', run: () => stepsOf(world).disableAccount(input) } as const;
  },
  'Delete account': async (world: World) => {
    const input = await dueCase(world, DESTROY);
    return { ...input, status: 'decided', run: () => stepsOf(world).deleteAccount(input) } as const;
  },
  'Reinstate account': async (world: World) => {
    const input = await decidedCase(world, REINSTATE);
    return { ...input, status: 'decided', run: () => stepsOf(world).reinstateAccount(input) } as const;
  },
};

const writes = (world: World) => world.simulator.calls.filter(({ cmd }) => !cmd.startsWith('get')).length;

test.each(
  Object.entries(STEPS).flatMap(([step, bring]) => ODD.map(([what, fault]) => [step, what, fault, bring] as const)),
)(
  '%s: %s to the first look is no end, for nothing was written: the next look goes on',
  async (_step, _what, fault, bring) => {
    const world = await openWorld();
    const { caseId, status, run } = await bring(world);
    const before = writes(world);
    world.simulator.faults.next('*', fault);

    expect(await errorName(run())).toBe('LookNotUnderstoodError');

    expect(writes(world)).toBe(before);
    expect((await world.cases.find(caseId))?.status).toBe(status);
    expect(await errorName(run())).toBe('nothing failed');
  },
);

test.each(Object.entries(STEPS))(
  '%s: a hash that is rejected while it is being changed is no end',
  async (_step, bring) => {
    const world = await openWorld();
    const { caseId, status, run } = await bring(world);
    const before = writes(world);
    // Both calls of a pair: the second after the secret was read again.
    world.simulator.faults.next('*', { kind: 'authorizationError' }, 2);

    expect(await errorName(run())).toBe('LastPassUnauthorizedError');

    expect(writes(world)).toBe(before);
    expect((await world.cases.find(caseId))?.status).toBe(status);
    expect(await errorName(run())).toBe('nothing failed');
  },
);

test.each([
  ['disableuser', STEPS['Disable account']],
  ['deluser', STEPS['Delete account']],
  ['enableuser', STEPS['Reinstate account']],
])('a rejected %s was not carried out: the next try looks, and does it once', async (cmd, bring) => {
  const world = await openWorld();
  const { run } = await bring(world);
  world.simulator.faults.next(cmd, { kind: 'authorizationError' }, 2);

  expect(await errorName(run())).toBe('LastPassUnauthorizedError');
  expect(await errorName(run())).toBe('nothing failed');

  expect(world.simulator.calls.filter((call) => call.cmd === cmd && call.fault === undefined)).toHaveLength(1);
});

test.each([
  ['disableuser', STEPS['Disable account']],
  ['deluser', STEPS['Delete account']],
  ['enableuser', STEPS['Reinstate account']],
])('an odd answer to %s itself is for a person: it may have been carried out', async (cmd, bring) => {
  const world = await openWorld();
  const { run } = await bring(world);
  world.simulator.faults.next(cmd, { kind: 'answer', status: 307, text: '' });

  expect(await errorName(run())).toBe('LastPassUnexpectedAnswerError');
});

test('behind the closed gate an odd look is for a person, as before', async () => {
  const world = await openWorld();
  const input = await committedCase(world, DESTROY);
  world.simulator.faults.next('getuserdata', { kind: 'answer', text: '{"hello":1}' });

  expect(await errorName(stepsOf(world).deleteAccount(input))).toBe('LastPassUnexpectedAnswerError');
  await caseIn(world, input.caseId, 'committed');
});

test('candidates for a question are only looked for, too', async () => {
  const world = await openWorld();
  const input = await openedCase(world);
  world.simulator.directory.change((directory) => {
    directory.users = directory.users.filter(({ username }) => username !== JANE);
  });
  for (const _look of ['by address', 'everybody'])
    world.simulator.faults.next('getuserdata', { kind: 'latency', latencyMs: 0 });
  world.simulator.faults.next('getuserdata', { kind: 'answer', text: '{"hello":1}' });

  expect(await errorName(stepsOf(world).disableAccount(input))).toBe('LookNotUnderstoodError');
  expect(await stepsOf(world).disableAccount(input)).toMatchObject({ route: 'finished' });
});

test.each([
  [{ kind: 'authorizationError' }, ['LastPassRejectsSecret']],
  [{ kind: 'answer', status: 307, text: '' }, ['LastPassNotUnderstood']],
  [{ kind: 'answer', text: '{"title":"Unauthorized","status":401}' }, ['LastPassNotUnderstood']],
  [{ kind: 'serverError' }, []],
] as const)(
  '%o is counted for its alarm the first time, while the workflow still tries again',
  async (fault, expected) => {
    const world = await openWorld();
    const { run } = await STEPS['Delete account'](world);
    world.simulator.faults.next('*', fault, 2);
    const counted: string[] = [];
    let published = 0;
    const metrics = {
      addMetric: (name: string) => counted.push(name),
      publishStoredMetrics: () => {
        published += 1;
      },
    };

    expect(await errorName(countingLastPassFaults(metrics, run)(undefined))).not.toBe('nothing failed');

    expect(counted).toEqual(expected);
    expect(published).toBe(expected.length);
  },
);
