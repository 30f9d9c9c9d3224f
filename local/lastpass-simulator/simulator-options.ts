import type { Contract } from './contract.ts';
import { type Credentials, type SeedDirectory, type SimulatorState, simulatorStateSchema } from './directory-state.ts';
import type { Quirks } from './quirks.ts';
import type { RecordedCall } from './recorded-call.ts';
import { seedDirectory } from './seed-directory.ts';

/** What a simulator accepts unless told otherwise. */
export const SIMULATED_CREDENTIALS: Credentials = { cid: 12345678, provhash: 'simulated-provisioning-hash' };

export interface SimulatorOptions {
  readonly contract: Contract;
  readonly quirks?: Partial<Quirks>;
  readonly credentials?: Credentials;
  readonly directory?: SeedDirectory;
  /** Called with everything after every write, before the answer leaves: write it down at once. */
  readonly persist?: (state: SimulatorState) => void;
  /** What `persist` was given last, from an earlier process; wins over `directory` and `credentials`. */
  readonly load?: () => unknown;
  /** Called with every call before it is answered. */
  readonly onCall?: (call: RecordedCall) => void;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** Before every answer. LastPass's recorded latency is about 300 ms; tests prefer none. */
  readonly latencyMs?: number;
}

/** @throws ZodError when `load` returns something that `persist` was never given. */
export function initialState({ credentials, directory, load }: SimulatorOptions): SimulatorState {
  const loaded = load?.();
  if (loaded !== undefined) return simulatorStateSchema.parse(loaded);
  const seed = structuredClone(directory ?? seedDirectory());
  const nextUserId = seed.users.reduce((highest, { userId }) => Math.max(highest, Number(userId)), 400_000_000) + 1;
  return {
    credentials: { ...SIMULATED_CREDENTIALS, ...credentials },
    directory: { ...seed, departures: [], nextUserId },
  };
}
