import { setTimeout as delay } from 'node:timers/promises';
import type { Choice } from '../../lambdas/domain/effect.ts';
import { approvalLinks } from './approval-links.ts';
import { hasEndedAs } from './case-ending.ts';
import { POLL_MS, print, printEnding, type Teller } from './console-reporter.ts';
import { decideThroughPage } from './decide-through-page.ts';
import type { Reported } from './report-event.ts';

const LONGEST_POLL_MS = 400;

/**
 * Decides through the page as soon as everybody is asked, and waits for what comes of it.
 * @returns the exit code: 0 when the case ended as it was decided here, or before
 */
export async function decideCase(teller: Teller, choice: Choice, reported: Reported): Promise<number> {
  const { run, cases, story } = teller;
  const caseId = await reported.caseId();
  if (caseId === undefined) {
    await reported.whenHandled();
    return noCase(teller);
  }
  let isHandled = false;
  void reported.whenHandled().then(
    () => {
      isHandled = true;
    },
    () => undefined,
  );
  const voted = new Set<string>();
  let before: string | undefined;
  let pauseMs = POLL_MS;
  for (;;) {
    const wasHandled = isHandled;
    const found = await cases.find(caseId);
    // Looking at the table costs processor time, of which waiting for a hold should take little.
    pauseMs = found?.status === before ? Math.min(pauseMs * 1.5, LONGEST_POLL_MS) : POLL_MS;
    before = found?.status;
    if (found === undefined && wasHandled) return noCase(teller);
    if (found?.status === 'asked' && found.approval.approvers.every(({ toldAt }) => toldAt)) {
      const next = approvalLinks(run.mailbox, caseId, run.url).find(
        ({ to, url }) => !voted.has(url) && to !== found.proposal?.approver.email,
      );
      if (next) {
        voted.add(next.url);
        const address = found.termination.workEmail;
        await decideThroughPage(next.url, { choice, address, mailbox: run.mailbox, approver: next.to });
      }
    }
    // Until the report is handled it may still take up a case that has ended: then everybody is asked again.
    if (found?.status === 'finished' && found.evidence && wasHandled) {
      if (isRunning(teller, found.executionArn)) await run.engine.waitForEnd(found.executionArn);
      await story.settled();
      printEnding(run, found);
      return hasEndedAs(found, choice) ? 0 : 1;
    }
    await delay(pauseMs);
  }
}

async function noCase({ story }: Teller): Promise<number> {
  await story.settled();
  print('There is no case to decide.');
  return 1;
}

function isRunning({ run }: Teller, executionArn: string): boolean {
  return run.engine.list({ statusFilter: 'RUNNING' }).some((one) => one.executionArn === executionArn);
}
