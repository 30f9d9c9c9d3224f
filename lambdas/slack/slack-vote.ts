import { signatureOf, type Vote } from '../domain/vote.ts';
import type { SlackDecision } from './slack-decision.ts';

/** A click as a vote. Slack's signature says who clicked; effects that need more than that are decided on the page. */
export function voteFromSlack({ approver, choice, shownHash }: SlackDecision, now: Date): Vote {
  return {
    choice,
    approver: signatureOf(approver),
    via: 'slack',
    votedAt: now.toISOString(),
    shownHash,
    acknowledgedFolders: [],
    attestsTransfer: false,
    stepUp: 'none',
  };
}
