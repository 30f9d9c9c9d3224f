import type { ApprovalFacts } from '../../../../lambdas/domain/approval-facts.ts';
import { effectOf, effectsUnder } from '../../../../lambdas/domain/effect.ts';
import type { ApprovalView, RecordedDecision } from '../../../../lambdas/presentation/text/approval-view.ts';
import type { ProposedView } from '../../../../lambdas/presentation/text/format-approvals.ts';

/** Nothing that would need a warning. */
const QUIET_FACTS: ApprovalFacts = {
  gatheredAt: '2026-03-12T16:00:20Z',
  sharedFolders: [{ name: 'Office', isOnlyAdministrator: false }],
  activity: [],
  isDirectoryManaged: 'no',
  missing: [],
};

/** Everything that needs one, and one thing that could not be found out. */
export const GRAVE_FACTS: ApprovalFacts = {
  gatheredAt: '2026-03-12T16:00:20Z',
  sharedFolders: [
    { name: 'Payroll', isOnlyAdministrator: true },
    { name: 'Bank & taxes', isOnlyAdministrator: true },
    { name: 'Office', isOnlyAdministrator: false },
  ],
  activity: ['12:04:10', '12:03:55', '12:03:12', '12:02:01', '12:01:30', '12:00:07'].map((time) => ({
    time: `2026-03-12 ${time}`,
    action: 'Log in',
  })),
  isDirectoryManaged: 'yes',
  missing: ['which sites were pushed'],
};

/** An ordinary case: reported and due at 17:00 in Berlin, disabled 14 seconds later. */
export const EXAMPLE_VIEW: ApprovalView = {
  caseId: 'case-4711-t1',
  leaver: { displayName: 'Jane Doe', workEmail: 'jane.doe@example.com' },
  terminationReportedAt: '2026-03-12T16:00:00Z',
  source: 'hr.example',
  lastWorkingMoment: '2026-03-12T16:00:00Z',
  timeZone: 'Europe/Berlin',
  reason: 'Resignation',
  account: {
    isAdmin: false,
    hasNeverLoggedIn: false,
    lastLogin: '2026-03-11 08:15:42',
    groups: ['Finance', 'Everyone'],
    wasDisabledBefore: false,
  },
  disabledAt: '2026-03-12T16:00:14Z',
  secondsToDisable: 14,
  contract: 'lastpass',
  effects: effectsUnder('lastpass'),
  approver: { displayName: 'Alex Kim', email: 'alex.kim@example.com', role: 'IT security' },
  others: [{ displayName: 'Sam Lee', role: 'HR' }],
  expiresAt: '2026-03-19T16:00:14Z',
  holdSeconds: 900,
  facts: QUIET_FACTS,
  shownHash: 'c0ffee',
};

const SAM = { displayName: 'Sam Lee', email: 'sam.lee@example.com', role: 'HR' };

/** Sam Lee, of another role than the reader, has given the first of two approvals. */
export const PROPOSED_VIEW: ProposedView = {
  ...EXAMPLE_VIEW,
  proposal: {
    approver: SAM,
    effect: effectOf('lastpass', '2'),
    reason: 'Shared account of a closed branch.',
    votedAt: '2026-03-13T08:10:00Z',
  },
};

/** The same, as Sam Lee sees it. */
export const PROPOSER_VIEW: ProposedView = {
  ...PROPOSED_VIEW,
  approver: SAM,
  others: [{ displayName: 'Alex Kim', role: 'IT security' }],
};

export const EXAMPLE_DECISION: RecordedDecision = {
  effect: effectOf('lastpass', '2'),
  approver: EXAMPLE_VIEW.approver,
  decidedAt: '2026-03-13T09:30:00Z',
  reason: 'A contractor’s account.\nNothing to keep.',
};

function voteBy(approver: typeof SAM, reason: string, votedAt: string) {
  const evidence = { shownHash: 'c0ffee', acknowledgedFolders: ['Payroll'], attestsTransfer: true };
  return { choice: '2', approver, via: 'page', reason, votedAt, ...evidence, stepUp: 'code' } as const;
}

/** The same decision, made by two people in different roles. */
export const DECISION_OF_TWO: RecordedDecision = {
  ...EXAMPLE_DECISION,
  votes: [
    voteBy(SAM, 'Shared account of a closed branch.', '2026-03-13T08:10:00Z'),
    voteBy(EXAMPLE_VIEW.approver, 'Nothing to keep.', '2026-03-13T09:30:00Z'),
  ],
};

/** A name that tries everything: markup, a direction override, a line break with a header, a link, and length. */
export const HOSTILE_NAME = `<img src=x onerror=alert(1)>"' \u202Emoc.live\r\nBcc: all@example.com https://evil.example/x ${'Wolfeschlegel'.repeat(12)}`;

export const HOSTILE_VIEW: ProposedView = {
  ...EXAMPLE_VIEW,
  leaver: {
    displayName: HOSTILE_NAME,
    workEmail: `${'very-long-'.repeat(6)}name@subdomain.of.a.very.long.example.com`,
  },
  reason: HOSTILE_NAME,
  source: HOSTILE_NAME,
  account: {
    ...EXAMPLE_VIEW.account,
    username: HOSTILE_NAME,
    // Shares no word with the leaver's, so that the caution about names is on every hostile page as well.
    fullName: '<svg onload=prompt(2)>\u202Eyrollam',
    lastLogin: HOSTILE_NAME,
    groups: [HOSTILE_NAME, HOSTILE_NAME],
  },
  approver: { ...EXAMPLE_VIEW.approver, displayName: HOSTILE_NAME, role: HOSTILE_NAME },
  others: [{ displayName: HOSTILE_NAME, role: HOSTILE_NAME }],
  facts: {
    ...GRAVE_FACTS,
    sharedFolders: [{ name: HOSTILE_NAME, isOnlyAdministrator: true }],
    activity: [{ time: HOSTILE_NAME, action: HOSTILE_NAME }],
    missing: [HOSTILE_NAME],
  },
  proposal: {
    approver: { displayName: HOSTILE_NAME, email: 'sam.lee@example.com', role: 'HR' },
    effect: effectOf('lastpass', '2'),
    reason: HOSTILE_NAME,
    votedAt: '2026-03-13T08:10:00Z',
  },
};
