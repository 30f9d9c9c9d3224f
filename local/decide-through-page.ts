import type { Choice } from '../lambdas/domain/effect.ts';

/** The page did not take the decision. */
export class PageDecisionError extends Error {
  override readonly name = 'PageDecisionError';
}

/** Decides as a person would: opens the page behind a link, fills in its form, sends it, and reads the answer. */
export async function decideThroughPage(link: string, decision: { choice: Choice; address: string }): Promise<void> {
  const opened = await fetch(link);
  const shown = /name="shown" value="([0-9a-f]{64})"/.exec(await opened.text())?.[1];
  if (opened.status !== 200 || shown === undefined) {
    throw new PageDecisionError(`the approval page answered ${opened.status} and shows no form`);
  }
  const form = {
    shown,
    choice: decision.choice,
    confirmAddress: decision.address,
    reason: 'Decided from the command line of the local run.',
  };
  const answered = await fetch(link, { method: 'POST', body: new URLSearchParams(form) });
  if (answered.status !== 200)
    throw new PageDecisionError(`the approval page answered ${answered.status} to the decision`);
}
