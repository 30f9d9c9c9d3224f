import { setTimeout as delay } from 'node:timers/promises';
import { POLL_MS, printEnding, printLinks, type Teller } from './console-reporter.ts';

/** Tells the links and the ending of every case, and goes on until its process is stopped. */
export async function watchCases({ run, cases, story }: Teller): Promise<never> {
  const asked = new Set<string>();
  const ended = new Set(await endedCases());

  async function endedCases(): Promise<string[]> {
    const running = new Set(run.engine.list({ statusFilter: 'RUNNING' }).map(({ executionArn }) => executionArn));
    const finished = await Promise.all((await cases.idsIn('finished')).map((caseId) => cases.find(caseId)));
    return finished.flatMap((one) => (one && !running.has(one.executionArn) ? one.caseId : []));
  }

  for (;;) {
    for (const caseId of await cases.idsIn('asked')) {
      const found = await cases.find(caseId);
      if (asked.has(caseId) || found?.status !== 'asked') continue;
      if (!found.approval.approvers.every(({ toldAt }) => toldAt)) continue;
      asked.add(caseId);
      await story.catchUp(caseId);
      printLinks(run, caseId);
    }
    for (const caseId of await endedCases()) {
      const found = await cases.find(caseId);
      if (ended.has(caseId) || found?.status !== 'finished') continue;
      ended.add(caseId);
      await story.settled();
      printEnding(run, found);
    }
    await delay(POLL_MS * 4);
  }
}
