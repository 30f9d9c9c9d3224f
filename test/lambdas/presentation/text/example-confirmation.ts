import { effectOf } from '../../../../lambdas/domain/effect.ts';
import { createLinkId } from '../../../../lambdas/domain/link-id.ts';
import type { ConfirmationView } from '../../../../lambdas/presentation/text/confirmation-view.ts';
import type { IrreversibleSubmission } from '../../../../lambdas/step-up/confirmed-submission.ts';
import { HOSTILE_NAME } from './example-view.ts';

export const ALEX = 'alex.kim@example.com';

export const SUBMISSION: IrreversibleSubmission = {
  choice: '2',
  reason: 'Nothing to keep',
  shownHash: 'c0ffee'.padEnd(64, '0'),
  acknowledgedFolders: ['Finance', 'Payroll'],
  attestsTransfer: true,
};

/** The form as the browser posted it. */
export const FORM = new URLSearchParams({
  shown: SUBMISSION.shownHash,
  choice: SUBMISSION.choice,
  confirmAddress: 'jane.doe@example.com',
  reason: 'Nothing to keep',
}).toString();

export const VIEW: ConfirmationView = {
  leaver: { displayName: 'Jane Doe', workEmail: 'jane.doe@example.com' },
  effect: effectOf('lastpass', '2'),
  reason: SUBMISSION.reason,
  acknowledgedFolders: SUBMISSION.acknowledgedFolders,
  approver: { displayName: 'Alex Kim', email: ALEX },
  timeZone: 'Europe/Berlin',
};

export const HOSTILE_CONFIRMATION: ConfirmationView = {
  ...VIEW,
  leaver: { displayName: HOSTILE_NAME, workEmail: `${'very-long-'.repeat(6)}name@example.com` },
  reason: HOSTILE_NAME,
  acknowledgedFolders: [HOSTILE_NAME],
};

/** One approver's link of Jane's case, as yet without any code. */
export function aLink() {
  return { linkId: createLinkId(), caseId: 'case-4711-t1' };
}
