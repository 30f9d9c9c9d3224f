import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../protocol/aws-error.ts';
import { createExecution, type EngineEvent, type Execution } from './execution.ts';
import { beginJournal, type JournalRecord, readRecords, type StartedRecord } from './journal.ts';

/** All executions of one state machine, each with its journal in the folder. */
export interface ExecutionStore {
  add(started: StartedRecord): Execution;
  named(name: string): Execution | undefined;
  /** @throws AwsError ExecutionDoesNotExist */
  at(executionArn: string): Execution;
  /** In the order in which they were started. */
  all(): Execution[];
}

interface ExecutionStoreOptions {
  readonly stateMachineArn: string;
  readonly folder: string;
  readonly onEvent?: ((event: EngineEvent) => void) | undefined;
}

/** Opens the folder, which is made if need be, and reads what earlier runs left in it. `@throws DataFileError` naming a damaged journal */
export function openExecutionStore({ stateMachineArn, folder, onEvent }: ExecutionStoreOptions): ExecutionStore {
  const executions = new Map<string, Execution>();
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  function keep(started: StartedRecord, later: readonly JournalRecord[]): Execution {
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${started.name}`;
    const file = join(folder, `${started.name}.jsonl`);
    const records = [started, ...later] as const;
    const execution = createExecution({ stateMachineArn, executionArn, file, records, onEvent });
    executions.set(started.name, execution);
    return execution;
  }

  const journals = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const read = journals.map((name) => {
    const [started, ...later] = readRecords(join(folder, name));
    return { started, later };
  });
  for (const { started, later } of read.sort((one, other) => one.started.at - other.started.at)) keep(started, later);

  return {
    add: (started) => {
      beginJournal(join(folder, `${started.name}.jsonl`), started);
      const execution = keep(started, []);
      onEvent?.({ ...started, executionArn: execution.arn, executionName: started.name });
      return execution;
    },
    named: (name) => executions.get(name),
    at: (executionArn) => {
      const execution = [...executions.values()].find(({ arn }) => arn === executionArn);
      if (execution !== undefined) return execution;
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    },
    all: () => [...executions.values()],
  };
}
