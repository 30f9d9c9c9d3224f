import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parkedIdOf } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { TRANSLATED_SOURCE } from '../../../lambdas/domain/hr-events/reporting-source.ts';
import { isParked } from '../../../lambdas/hr-intake/open-case-result.ts';
import { cancellation, reactivation, terminationEvent } from '../../hr-events.ts';
import type { InMemoryTable } from '../../lifecycle/in-memory-table.ts';
import { LifecycleDriver } from '../../lifecycle/lifecycle-driver.ts';
import { eventIdOf, type SaidBy, SourcesModel } from '../../lifecycle/sources-model.ts';
import { TwoAccounts } from '../../lifecycle/two-accounts.ts';

const JANE = 'jane.doe@example.com';
const JOHN = 'john.doe@example.com';
const START = Date.parse('2026-11-21T10:00:00Z');
const PAYROLL = 'com.example.payroll';
/** HR puts events on the bus itself, or by webhooks that the translator puts there in its name. */
const HR_ON_THE_BUS = { source: 'com.example.hr', name: 'com.example.hr' };
const HR_BY_WEBHOOKS = { source: TRANSLATED_SOURCE, name: 'bamboohr' };
type Hr = typeof HR_ON_THE_BUS;

type Action =
  | { readonly do: 'receive'; readonly said: number; readonly writesUntilKilled: number | undefined }
  | { readonly do: 'wait'; readonly minutes: number };

const said = {
  by: fc.constantFrom('hr' as const, 'payroll' as const),
  address: fc.constantFrom(JANE, JANE, JANE, JOHN),
  inNameOf: fc.constantFrom('itself' as const, 'itself' as const, 'hr' as const),
};
const past = fc.integer({ min: -30, max: 0 });
/** By no more than an hour, or it would be parked unread. */
const ahead = fc.integer({ min: 1, max: 59 });
const sayable: fc.Arbitrary<SaidBy[]> = fc.uniqueArray(
  fc.oneof(
    {
      arbitrary: fc.record({
        ...said,
        what: fc.oneof(
          fc.integer({ min: -20, max: 60 }),
          fc.constantFrom('immediate' as const, 'cancelled' as const, 'cancelled' as const),
        ),
        clock: fc.oneof({ arbitrary: past, weight: 4 }, ahead),
      }),
      weight: 7,
    },
    fc.record({ ...said, what: fc.constant('active' as const), clock: past }),
  ),
  { selector: ({ clock }) => clock, minLength: 4, maxLength: 12 },
);

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      arbitrary: fc.record({
        do: fc.constant('receive' as const),
        said: fc.nat(11),
        writesUntilKilled: fc.option(fc.nat(3), { nil: undefined, freq: 3 }),
      }),
      weight: 3,
    },
    { arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 30 }) }), weight: 1 },
  ),
  { minLength: 6, maxLength: 24 },
);

/** Both systems have an employee 42 and a termination 7, and payroll says whatever it likes of itself. */
function eventOf(said: SaidBy, hr: Hr) {
  const { by, address, what, clock, inNameOf } = said;
  const at = (minute: number) => new Date(START + minute * 60_000).toISOString();
  const isForged = by === 'payroll' && inNameOf === 'hr';
  const metadata = {
    ...{ eventId: eventIdOf(said), occurredAt: at(clock), source: hr.name },
    ...(isForged && { onBehalfOf: hr.name }),
  };
  const source = by === 'hr' ? hr.source : PAYROLL;
  const employee = { id: '42', workEmail: address };
  if (what === 'active') return { ...reactivation({ metadata, data: { employee } }), source };
  const about = { terminationId: '7', employee: { id: '42' } };
  if (what === 'cancelled') return { ...cancellation({ metadata, data: about }), source };
  const moment = what === 'immediate' ? { immediate: true } : { immediate: false, lastWorkingMoment: at(what) };
  return { ...terminationEvent({ metadata, employee, data: { terminationId: '7', ...moment } }), source };
}

/** How many cases people are, or will be, asked about. */
function openCasesOf({ items }: InMemoryTable, address: string): number {
  return [...items.values()].filter(
    (item) => 'termination' in item && item.termination.workEmail === address && item.status !== 'finished',
  ).length;
}

async function play(reports: readonly SaidBy[], script: readonly Action[], hr = HR_ON_THE_BUS): Promise<void> {
  const model = new SourcesModel();
  const accounts = new TwoAccounts([JANE, JOHN], (address, command) => {
    expect(command, 'deleted without a decision').not.toBe('deluser');
    if (command === 'disableuser') expect(model.isWanted(address), 'disabled though nobody wants it').toBe(true);
    if (command === 'enableuser') expect(model.isWanted(address), 'enabled though a report stands').toBe(false);
  });
  const systems = [hr.name, PAYROLL].map((source) => ({ source, speaksFor: [] }));
  const driver = new LifecycleDriver(accounts, systems);
  for (const action of script) {
    if (action.do === 'wait') {
      model.pass(driver.minute + action.minutes);
      await driver.advance(action.minutes);
    } else {
      const said = reports[action.said % reports.length];
      if (!said) continue;
      const event = eventOf(said, hr);
      const isForPerson = model.receive(said, driver.minute);
      const result = await driver.deliver(event, action.writesUntilKilled);
      if (isForPerson) {
        expect(driver.table.parked.has(parkedIdOf(event)), 'refused, and not parked').toBe(true);
        expect(isParked(result), 'refused, and nobody told').toBe(true);
      }
    }
    for (const address of [JANE, JOHN]) {
      expect(accounts.stateOf(address), address).toBe(model.disabled.has(address) ? 'disabled' : 'enabled');
      expect(openCasesOf(driver.table, address), 'open cases of one leaver').toBeLessThanOrEqual(1);
    }
  }
}

test('two systems with equal ids, of which one speaks in the other’s name: nobody stays enabled who is due, nobody is enabled by a stranger, and what is refused is parked and told', {
  timeout: 120_000,
}, async () => {
  const hr = fc.constantFrom(HR_ON_THE_BUS, HR_BY_WEBHOOKS);
  await fc.assert(fc.asyncProperty(sayable, actions, hr, play), { numRuns: 1_000 });
});

const says = (by: SaidBy['by'], what: SaidBy['what'], clock: number, address = JANE): SaidBy => {
  return { by, address, what, clock, inNameOf: 'itself' };
};

test.each<[string, readonly SaidBy[], number | undefined]>([
  [
    'a report that is made again joins what another system has reported of the same person meanwhile',
    [
      says('hr', 'immediate', -30),
      says('hr', 'cancelled', -29),
      says('payroll', 'immediate', -28),
      says('hr', 'immediate', -27),
      says('hr', 'cancelled', -26),
      says('payroll', 'cancelled', -25),
    ],
    undefined,
  ],
  [
    'a system that says somebody is active before its own report arrives takes that back, also where it joins a case',
    [
      says('payroll', 'active', -2),
      says('hr', 'immediate', -5),
      says('payroll', 'immediate', -4),
      says('hr', 'cancelled', -3),
    ],
    undefined,
  ],
  [
    'and also where the termination is known, and was taken back before',
    [says('hr', 'immediate', -9), says('hr', 'cancelled', -8), says('hr', 'active', -6), says('hr', 'immediate', -7)],
    undefined,
  ],
  [
    'another address is told by the next try of an execution that was killed once it had noted it',
    [says('hr', 0, -1), says('hr', 0, 0, JOHN)],
    2,
  ],
  [
    'and by that of one that was killed once the case had been moved',
    [says('hr', 50, -2), says('hr', 40, -1, JOHN)],
    2,
  ],
])('%s', async (_what, reports, killedAfter) => {
  await play(
    reports,
    reports.map((_, index) => ({
      do: 'receive',
      said: index,
      writesUntilKilled: index === 0 ? undefined : killedAfter,
    })),
  );
});
