import type { DecisionNews } from '../../../lambdas/domain/decision-news.ts';
import { effectOf } from '../../../lambdas/domain/effect.ts';
import type { Vote } from '../../../lambdas/domain/vote.ts';
import { HOSTILE_NAME } from '../presentation/text/example-view.ts';

const ALEX = { email: 'alex.kim@example.com', displayName: 'Alex Kim', role: 'IT security' };
const SAM = { email: 'sam.lee@example.com', displayName: 'Sam Lee', role: 'HR' };

function vote(approver: Vote['approver'], reason: string, votedAt: string): Vote {
  return {
    ...{ choice: '2', approver, via: 'page', reason, votedAt, shownHash: 'c0ffee' },
    ...{ acknowledgedFolders: [], attestsTransfer: true, stepUp: 'code' },
  };
}

/** A vault that two approvers will have destroyed tomorrow. */
export const HELD: DecisionNews = {
  kind: 'held',
  caseId: 'case-0123456789abcdef01234567',
  executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:Offboarding:first',
  leaver: { displayName: 'Jane Doe', workEmail: 'jane.doe@example.com' },
  leaverAddresses: ['jane.doe@example.com'],
  timeZone: 'Europe/Berlin',
  approvers: [ALEX, SAM],
  holdUntil: '2026-03-14T09:30:00Z',
  decision: {
    ...{ decisionId: 'b6d8', choice: '2', contract: 'lastpass', approver: ALEX, via: 'page' },
    effect: effectOf('lastpass', '2'),
    decidedAt: '2026-03-13T09:30:00Z',
    reason: 'Nothing to keep.',
    votes: [
      vote(SAM, 'Shared account of a closed branch.', '2026-03-13T08:10:00Z'),
      vote(ALEX, 'Nothing to keep.', '2026-03-13T09:30:00Z'),
    ],
  },
};

export const TAKEN_BACK: DecisionNews = {
  ...HELD,
  kind: 'taken-back',
  takenBack: { decisionId: 'b6d8', by: 'sam.lee@example.com', at: '2026-03-13T10:05:00Z', reason: 'The wrong Jane.' },
};

export const REINSTATING: DecisionNews = {
  ...HELD,
  kind: 'reinstating',
  holdUntil: undefined,
  decision: {
    ...HELD.decision,
    choice: 'reinstate',
    effect: effectOf('lastpass', 'reinstate'),
    reason: 'The contract was renewed.',
    votes: [{ ...vote(ALEX, 'The contract was renewed.', '2026-03-13T09:30:00Z'), choice: 'reinstate' }],
  },
};

const hostile = { ...ALEX, displayName: HOSTILE_NAME, role: HOSTILE_NAME };

/** The same news as people with bad intentions would write it. */
export const HOSTILE_NEWS: DecisionNews = {
  ...TAKEN_BACK,
  leaver: { displayName: HOSTILE_NAME, workEmail: 'jane.doe@example.com' },
  decision: {
    ...HELD.decision,
    approver: hostile,
    reason: HOSTILE_NAME,
    votes: HELD.decision.votes.map((one) => ({ ...one, approver: hostile, reason: HOSTILE_NAME })),
  },
  takenBack: { decisionId: 'b6d8', by: HOSTILE_NAME, at: '2026-03-13T10:05:00Z', reason: HOSTILE_NAME },
};
