import type { ApprovalView, RecordedDecision } from '../../../lambdas/approval/approval-view.ts';
import { effectOf, effectsUnder } from '../../../lambdas/domain/effect.ts';

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
  shownHash: 'c0ffee',
};

export const EXAMPLE_DECISION: RecordedDecision = {
  effect: effectOf('lastpass', '2'),
  approver: EXAMPLE_VIEW.approver,
  decidedAt: '2026-03-13T09:30:00Z',
  reason: 'A contractor’s account.\nNothing to keep.',
};

/** A name that tries everything: markup, a direction override, a line break with a header, a link, and length. */
export const HOSTILE_NAME = `<img src=x onerror=alert(1)>"' \u202Emoc.live\r\nBcc: all@example.com https://evil.example/x ${'Wolfeschlegel'.repeat(12)}`;

export const HOSTILE_VIEW: ApprovalView = {
  ...EXAMPLE_VIEW,
  leaver: {
    displayName: HOSTILE_NAME,
    workEmail: `${'very-long-'.repeat(6)}name@subdomain.of.a.very.long.example.com`,
  },
  reason: HOSTILE_NAME,
  source: HOSTILE_NAME,
  account: { ...EXAMPLE_VIEW.account, lastLogin: HOSTILE_NAME, groups: [HOSTILE_NAME, HOSTILE_NAME] },
  approver: { ...EXAMPLE_VIEW.approver, displayName: HOSTILE_NAME, role: HOSTILE_NAME },
  others: [{ displayName: HOSTILE_NAME, role: HOSTILE_NAME }],
};
