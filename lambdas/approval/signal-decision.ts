import { SendTaskSuccessCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { CaseStore, TaskTokenStore } from '../cases/case-store.ts';
import { CaseChangedError } from '../cases/errors.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { isNobodyWaiting } from './is-nobody-waiting.ts';

interface SignalDeps {
  readonly cases: Pick<CaseStore, 'replace'>;
  readonly taskTokens: Pick<TaskTokenStore, 'find' | 'settle'>;
  readonly sfn: Pick<SFNClient, 'send'>;
  readonly now: () => Date;
}

/**
 * Tells the workflow that a decision is on record. It carries no decision: the next step reads the record itself, so a
 * forged signal decides nothing. Second run: Step Functions answers that nobody waits, which is as good as success.
 */
export async function signalDecision(deps: SignalDeps, decided: CaseIn<'decided'>): Promise<void> {
  const { caseId, executionArn } = decided;
  const taskToken = await deps.taskTokens.find(caseId, executionArn);
  if (taskToken === undefined) throw new TypeError(`${decided.caseId} is decided but has no task token`);
  try {
    const output = JSON.stringify({ caseId: decided.caseId });
    await deps.sfn.send(new SendTaskSuccessCommand({ taskToken, output }));
  } catch (error) {
    if (!isNobodyWaiting(error)) throw error;
  }
  try {
    await deps.cases.replace(decided, { ...decided, signalledAt: deps.now().toISOString() });
  } catch (error) {
    // The workflow went on, or somebody else signalled too. Should neither be so, the chase signals once more.
    if (!(error instanceof CaseChangedError)) throw error;
  }
  // Last: should this not happen, the chase finds that the case has gone on.
  await deps.taskTokens.settle({ caseId, executionArn, token: taskToken });
}
