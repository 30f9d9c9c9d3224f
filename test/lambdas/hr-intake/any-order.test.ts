import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventOf, LifecycleDriver, oneAccount } from '../../lifecycle/lifecycle-driver.ts';
import { LifecycleModel, type Said } from '../../lifecycle/lifecycle-model.ts';

type Action =
  | { readonly do: 'receive'; readonly said: number; readonly writesUntilKilled: number | undefined }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'decide'; readonly choice: '0' | '1' | '2' };

/** HR's clock ran before the world's did, so that nothing is said in the future. */
const clock = fc.integer({ min: -30, max: 0 });
const what = fc.oneof(
  { arbitrary: fc.integer({ min: -20, max: 60 }), weight: 5 },
  { arbitrary: fc.constantFrom('immediate' as const, 'rehired' as const), weight: 2 },
  { arbitrary: fc.constant('cancelled' as const), weight: 3 },
);
/** One report in each tick of a system's clock: two in one tick are told apart by their ids, which mean nothing. */
const reports = (of: Said['of']): fc.Arbitrary<Said[]> =>
  fc.uniqueArray(fc.record({ of: fc.constant(of), what, clock }), { selector: (said) => said.clock, maxLength: 5 });

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      arbitrary: fc.record({
        do: fc.constant('receive' as const),
        said: fc.nat(9),
        writesUntilKilled: fc.option(fc.nat(3), { nil: undefined, freq: 3 }),
      }),
      weight: 5,
    },
    { arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 30 }) }), weight: 3 },
    {
      arbitrary: fc.record({ do: fc.constant('decide' as const), choice: fc.constantFrom('0', '1', '2') }),
      weight: 2,
    },
  ),
  { maxLength: 14 },
);

/** The first termination's news, then the second's, with whatever was said of the first again: a replayed archive. */
const lifecycle = fc.record({ first: reports('first'), second: reports('second'), before: actions, after: actions });

test('whatever HR says, in whatever order, however often, and wherever a delivery is killed and tried again: the account is as the latest report wants it, is never disabled for a case that was taken back, and never deleted without a decision', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(lifecycle, async ({ first, second, before, after }) => {
      const world = await follow();
      const history = await world.play(before, first);
      await world.play(after, [...second, ...history]);
    }),
    { numRuns: 2_500 },
  );
});

/** Walks the program and the model side by side. */
async function follow() {
  const model = new LifecycleModel();
  let isDeletionDecided = false;
  const driver = new LifecycleDriver(
    oneAccount((command) => {
      if (command === 'disableuser') expect(model.isDisablingWanted, 'disabled though nobody wants it').toBe(true);
      if (command === 'deluser') expect(isDeletionDecided, 'deluser without a decision').toBe(true);
    }),
  );

  async function act(action: Action, said: Said | undefined): Promise<void> {
    if (action.do === 'receive' && said) {
      // The model first: what it wants now is what a command of the program is judged by.
      model.receive(said, driver.minute);
      await driver.deliver(eventOf(said), action.writesUntilKilled);
    }
    if (action.do === 'wait') {
      model.pass(driver.minute + action.minutes);
      await driver.advance(action.minutes);
    }
    if (action.do === 'decide') {
      const isDecided = model.decide(action.choice, driver.minute);
      isDeletionDecided ||= isDecided;
      model.pass(driver.minute);
      await driver.decide(action.choice);
    }
  }

  return {
    /** Plays actions with what may be said meanwhile; returns what was reported. */
    async play(script: readonly Action[], sayable: readonly Said[]): Promise<readonly Said[]> {
      const history: Said[] = [];
      for (const action of script) {
        const said = action.do === 'receive' ? sayable[action.said % sayable.length] : undefined;
        await act(action, said);
        if (said) history.push(said);
        expect(driver.account.state).toBe(model.account);
        const open = [...driver.table.items.values()].filter(({ status }) =>
          ['opened', 'disabled', 'asked', 'decided', 'committed'].includes(status),
        );
        expect(open.length, 'open cases of one leaver').toBeLessThanOrEqual(1);
      }
      return history;
    },
  };
}
