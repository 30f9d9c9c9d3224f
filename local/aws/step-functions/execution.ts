import { type Attempt, noteAttempt } from './attempts.ts';
import { appendRecord, END_STATUSES, type EndedRecord, type JournalRecord, type StartedRecord } from './journal.ts';
import type { JsonValue } from './json-value.ts';
import type { ExecutionRun } from './run-execution.ts';

export const EXECUTION_STATUSES = ['RUNNING', ...END_STATUSES] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** Times in milliseconds since 1970. */
export interface ExecutionSummary {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt?: number;
}

export interface ExecutionDescription extends ExecutionSummary {
  readonly input: JsonValue;
  readonly output?: JsonValue;
  readonly error?: string;
  readonly cause?: string;
}

/** A line of an execution's journal, as it happens. */
export type EngineEvent = JournalRecord & { readonly executionArn: string; readonly executionName: string };

interface ExecutionOptions {
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly file: string;
  /** What the journal holds already; a new execution's first record otherwise. */
  readonly records: readonly [StartedRecord, ...JournalRecord[]];
  readonly onEvent?: ((event: EngineEvent) => void) | undefined;
}

/** One execution: its journal, what follows from it, and its run while it has one. */
export interface Execution {
  readonly arn: string;
  readonly started: StartedRecord;
  readonly records: readonly JournalRecord[];
  readonly attempts: ReadonlyMap<number, Attempt>;
  readonly whenEnded: Promise<ExecutionDescription>;
  run: ExecutionRun | undefined;
  isRunning(): boolean;
  append(record: JournalRecord): void;
  summary(): ExecutionSummary;
  description(): ExecutionDescription;
}

/** An execution from the records of its journal. `append` writes the journal first, then tells whoever listens. */
export function createExecution(options: ExecutionOptions): Execution {
  const { executionArn, stateMachineArn, onEvent } = options;
  const [started] = options.records;
  const records: JournalRecord[] = [];
  const attempts = new Map<number, Attempt>();
  const ending = Promise.withResolvers<ExecutionDescription>();
  let ended: EndedRecord | undefined;

  function note(record: JournalRecord): void {
    records.push(record);
    noteAttempt(attempts, record);
    if (record.kind !== 'ended') return;
    ended = record;
    ending.resolve(description());
  }
  function summary(): ExecutionSummary {
    const running = { executionArn, stateMachineArn, name: started.name, startedAt: started.at };
    return ended === undefined
      ? { ...running, status: 'RUNNING' }
      : { ...running, status: ended.status, stoppedAt: ended.at };
  }
  function description(): ExecutionDescription {
    const { output, error, cause } = ended ?? {};
    return {
      ...summary(),
      input: started.input,
      ...(output === undefined ? {} : { output }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
  }
  for (const record of options.records) note(record);

  return {
    arn: executionArn,
    started,
    records,
    attempts,
    whenEnded: ending.promise,
    run: undefined,
    isRunning: () => ended === undefined,
    append: (record) => {
      appendRecord(options.file, record);
      note(record);
      onEvent?.({ ...record, executionArn, executionName: started.name });
    },
    summary,
    description,
  };
}
