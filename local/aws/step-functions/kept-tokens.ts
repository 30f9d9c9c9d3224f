import { damagedFile } from '../../data/data-files.ts';
import type { Execution } from './execution.ts';
import type { ExecutionStore } from './execution-store.ts';
import type { TaskTokens } from './task-tokens.ts';

/**
 * A token is written before its task is, so each task that waits has one. Without it an approver's decision would reach
 * nobody.
 * @throws DataFileError
 */
export function assertTokensKept(file: string, tokens: TaskTokens, executions: Pick<ExecutionStore, 'all'>): void {
  for (const execution of executions.all().filter((one) => one.isRunning())) {
    for (const attempt of waitingAttempts(execution)) {
      const token = tokens.tokenOf({ execution: execution.started.name, attempt });
      if (token === undefined) throw damagedFile(file, `lacks the token of the execution ${execution.started.name}`);
    }
  }
}

function waitingAttempts({ records, attempts }: Execution): number[] {
  return records.flatMap((record) => {
    if (record.kind !== 'scheduled' || !record.resource.endsWith('.waitForTaskToken')) return [];
    return attempts.get(record.attempt)?.outcome === undefined ? [record.attempt] : [];
  });
}
