import type { Fault } from './faults.ts';

/** One call as it arrived, without credentials. */
export interface RecordedCall {
  readonly cmd: string;
  readonly data: unknown;
  readonly atMs: number;
  readonly isAuthorized: boolean;
  /** Set when the call was made to go wrong. */
  readonly fault: Fault['kind'] | undefined;
}
