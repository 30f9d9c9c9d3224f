import { setTimeout as delay } from 'node:timers/promises';
import { POLL_MS, printEnding, printLinks, type Teller } from './console-reporter.ts';

const LONGEST_POLL_MS = 2_000;

/**
 * Tells the links and the ending of every case, and goes on until its process is stopped. Looks often after something
 * happened, and seldom while nothing does: a look asks for every key of the index.
 * @param newsSince whether an execution went on since this was asked last
 */
export async function watchCases({ run, cases, story }: Teller, newsSince: () => boolean): Promise<never> {
  let pauseMs = POLL_MS * 4;
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
    for (let waitedMs = 0; waitedMs < pauseMs; waitedMs += POLL_MS) {
      await delay(POLL_MS);
      if (newsSince()) pauseMs = POLL_MS * 4;
    }
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_POLL_MS);
  }
}
