import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parkedIdOf } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { cancellation, terminationEvent } from '../../hr-events.ts';
import { LifecycleDriver } from '../../lifecycle/lifecycle-driver.ts';
import { type SaidBy, SourcesModel } from '../../lifecycle/sources-model.ts';
import { TwoAccounts } from '../../lifecycle/two-accounts.ts';

const JANE = 'jane.doe@example.com';
const JOHN = 'john.doe@example.com';
const START = Date.parse('2026-11-21T10:00:00Z');
const EVENT_SOURCES = { hr: 'com.example.hr', payroll: 'com.example.payroll' } as const;

type Action =
  | { readonly do: 'hear'; readonly said: number; readonly writesUntilKilled: number | undefined }
  | { readonly do: 'wait'; readonly minutes: number };

const sayable: fc.Arbitrary<SaidBy[]> = fc.uniqueArray(
  fc.record({
    by: fc.constantFrom('hr' as const, 'payroll' as const),
    address: fc.constantFrom(JANE, JANE, JANE, JOHN),
    what: fc.oneof(
      fc.integer({ min: -20, max: 60 }),
      fc.constantFrom('immediate' as const, 'cancelled' as const, 'cancelled' as const),
    ),
    clock: fc.integer({ min: -30, max: 0 }),
    inNameOf: fc.constantFrom('itself' as const, 'itself' as const, 'hr' as const),
  }),
  { selector: ({ clock }) => clock, minLength: 4, maxLength: 12 },
);

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      arbitrary: fc.record({
        do: fc.constant('hear' as const),
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
function eventOf({ by, address, what, clock, inNameOf }: SaidBy) {
  const at = (minute: number) => new Date(START + minute * 60_000).toISOString();
  const isForged = by === 'payroll' && inNameOf === 'hr';
  const metadata = {
    ...{ eventId: `${by}-${what}-${clock}`, occurredAt: at(clock), source: EVENT_SOURCES.hr },
    ...(isForged && { onBehalfOf: EVENT_SOURCES.hr }),
  };
  const about = { terminationId: '7', employee: { id: '42' } };
  const source = EVENT_SOURCES[by];
  if (what === 'cancelled') return { ...cancellation({ metadata, data: about }), source };
  const moment = what === 'immediate' ? { immediate: true } : { immediate: false, lastWorkingMoment: at(what) };
  const employee = { id: '42', workEmail: address };
  return { ...terminationEvent({ metadata, employee, data: { terminationId: '7', ...moment } }), source };
}

async function play(words: readonly SaidBy[], script: readonly Action[]): Promise<void> {
  const model = new SourcesModel();
  const accounts = new TwoAccounts([JANE, JOHN], (address, command) => {
    expect(command, 'deleted without a decision').not.toBe('deluser');
    if (command === 'disableuser') expect(model.isWanted(address), 'disabled though nobody wants it').toBe(true);
    if (command === 'enableuser') expect(model.isWanted(address), 'enabled though a report stands').toBe(false);
  });
  const driver = new LifecycleDriver(accounts);
  for (const action of script) {
    if (action.do === 'wait') {
      model.pass(driver.minute + action.minutes);
      await driver.advance(action.minutes);
    } else {
      const said = words[action.said % words.length];
      if (!said) continue;
      const event = eventOf(said);
      const isForPerson = model.hear(said, driver.minute);
      await driver.deliver(event, action.writesUntilKilled);
      if (isForPerson) expect(driver.table.parked.has(parkedIdOf(event)), 'refused, and nobody told').toBe(true);
    }
    for (const address of [JANE, JOHN]) {
      expect(accounts.stateOf(address), address).toBe(model.disabled.has(address) ? 'disabled' : 'enabled');
    }
  }
}

test('two systems with equal ids, of which one speaks in the other’s name: nobody stays enabled who is due, nobody is enabled by a stranger, and what is refused is parked', {
  timeout: 120_000,
}, async () => {
  await fc.assert(fc.asyncProperty(sayable, actions, play), { numRuns: 1_000 });
});

test('a report that is made again joins what another system has reported of the same person meanwhile', async () => {
  const said = (by: SaidBy['by'], what: SaidBy['what'], clock: number): SaidBy => {
    return { by, address: JANE, what, clock, inNameOf: 'itself' };
  };
  const words = [
    said('hr', 'immediate', -30),
    said('hr', 'cancelled', -29),
    said('payroll', 'immediate', -28),
    said('hr', 'immediate', -27),
    said('hr', 'cancelled', -26),
    said('payroll', 'cancelled', -25),
  ];
  await play(
    words,
    words.map((_, index) => ({ do: 'hear', said: index, writesUntilKilled: undefined })),
  );
});
