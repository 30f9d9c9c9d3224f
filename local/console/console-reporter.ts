import type { DynamoCaseStore } from '../../lambdas/cases/dynamo-case-store.ts';
import type { CaseIn } from '../../lambdas/domain/offboarding-case.ts';
import type { LocalRun } from '../run/local-run.ts';
import { approvalLinks } from './approval-links.ts';
import { endingOf } from './case-ending.ts';
import type { Story } from './story.ts';

/** What it takes to tell how cases stand. */
export interface Teller {
  readonly run: LocalRun;
  readonly cases: DynamoCaseStore;
  readonly story: Story;
}

/** How often the case table is asked for news, in milliseconds: the store has no way to tell by itself. */
export const POLL_MS = 50;

export function printLinks(run: LocalRun, caseId: string): void {
  print(`\nDecide ${caseId} in the browser; opening a link decides nothing:`);
  for (const { to, url } of approvalLinks(run.mailbox, caseId, run.url)) print(`  ${to.padEnd(28)} ${url}`);
  print('');
}

export function printEnding(run: LocalRun, finished: CaseIn<'finished'>): void {
  print('');
  for (const line of endingOf(finished, run.evidenceFolder)) print(line);
  print('');
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
