import { composeApprovalMail } from '../../../../lambdas/presentation/mails/approval-mail.ts';
import { renderApprovalPage } from '../../../../lambdas/presentation/pages/approval-page.ts';
import { type ClosedKind, renderClosedPage } from '../../../../lambdas/presentation/pages/closed-page.ts';
import { renderCodePage } from '../../../../lambdas/presentation/pages/code-page.ts';
import { renderDecidedPage } from '../../../../lambdas/presentation/pages/decided-page.ts';
import { renderDisagreedPage } from '../../../../lambdas/presentation/pages/disagreed-page.ts';
import { renderProposedPage } from '../../../../lambdas/presentation/pages/proposed-page.ts';
import { renderRefusedPage } from '../../../../lambdas/presentation/pages/refused-page.ts';
import {
  renderFirstConfirmationPage,
  renderResumedPage,
  renderResumePage,
} from '../../../../lambdas/presentation/pages/resume-page.ts';
import { resumeConfirmation } from '../../../../lambdas/presentation/text/resume-view.ts';
import {
  PAUSED_BRAKE,
  PAUSED_VIEW,
  RESUME_HOSTILE_VIEW,
  RESUME_OWN_VIEW,
  RESUME_SECOND_VIEW,
  RESUME_VIEW,
  RESUMED_VIEW,
} from '../text/example-resume.ts';
import {
  DECISION_OF_TWO,
  EXAMPLE_DECISION,
  EXAMPLE_VIEW,
  GRAVE_FACTS,
  HOSTILE_VIEW,
  PROPOSED_VIEW,
  PROPOSER_VIEW,
} from '../text/example-view.ts';

const GRAVE_VIEW = { ...EXAMPLE_VIEW, facts: GRAVE_FACTS };
const told = { caseId: EXAMPLE_VIEW.caseId, leaver: EXAMPLE_VIEW.leaver, timeZone: 'Europe/Berlin' };
const holdUntil = '2026-03-13T09:45:00Z';

const CORRECTED = {
  values: { choice: '2', confirmAddress: 'jane', reason: '\n second line', acknowledged: ['Payroll'] },
  errors: [
    { field: 'confirmAddress', message: 'Type the leaver’s work address exactly.' },
    { field: 'attests', message: 'Confirm that what must be kept has been transferred.' },
    { field: 'acknowledged', message: 'Confirm each folder.' },
  ],
} as const;
const ALL_WRONG = {
  values: {},
  errors: (['choice', 'confirmAddress', 'reason', 'attests', 'acknowledged', 'form'] as const).map((field) => ({
    field,
    message: `Correct ${field}.`,
  })),
};

const undone = {
  kind: 'undone',
  summary: 'The decision was taken back before it was carried out.',
  proof: { shown: 'getuserdata listed the account as disabled', at: EXAMPLE_VIEW.disabledAt },
} as const;
const CLOSED_KINDS: readonly ClosedKind[] = ['unknown', 'expired', 'withdrawn', 'superseded', 'ended'];
const OVER_KINDS: readonly ClosedKind[] = ['request-expired', 'request-replaced'];

/** Every page that an approver can meet, and a mail, by the path under which a test serves it. */
export const PAGES: Readonly<Record<string, string>> = {
  '/ask': renderApprovalPage(EXAMPLE_VIEW),
  '/grave': renderApprovalPage(GRAVE_VIEW),
  '/unknown-facts': renderApprovalPage({ ...EXAMPLE_VIEW, facts: undefined }),
  '/hostile': renderApprovalPage(HOSTILE_VIEW),
  '/corrected': renderApprovalPage(GRAVE_VIEW, CORRECTED),
  '/all-wrong': renderApprovalPage(GRAVE_VIEW, ALL_WRONG),
  '/second': renderApprovalPage(PROPOSED_VIEW),
  '/proposed': renderProposedPage(PROPOSER_VIEW),
  '/proposed-hostile': renderProposedPage(HOSTILE_VIEW),
  '/disagreed': renderDisagreedPage(EXAMPLE_VIEW),
  '/decided': renderDecidedPage({ ...HOSTILE_VIEW, decision: EXAMPLE_DECISION, decidedByYou: true }),
  '/held': renderDecidedPage({
    ...told,
    decision: DECISION_OF_TWO,
    decidedByYou: false,
    holdUntil,
    undo: { until: holdUntil, shown: 'c0ffee' },
  }),
  '/undone': renderDecidedPage({
    ...told,
    decision: DECISION_OF_TWO,
    decidedByYou: false,
    isUndoTooLate: true,
    outcome: undone,
    undone: { by: 'Sam Lee', at: holdUntil, reason: 'The wrong Jane.' },
  }),
  ...Object.fromEntries(CLOSED_KINDS.map((kind) => [`/closed-${kind}`, renderClosedPage(kind, HOSTILE_VIEW)])),
  ...Object.fromEntries(OVER_KINDS.map((kind) => [`/closed-${kind}`, renderClosedPage(kind)])),
  '/paused': renderApprovalPage(PAUSED_VIEW),
  '/held-paused': renderDecidedPage({
    ...told,
    decision: DECISION_OF_TWO,
    decidedByYou: false,
    holdUntil,
    brake: PAUSED_BRAKE,
    undo: { until: holdUntil },
  }),
  '/resume': renderResumePage(RESUME_VIEW),
  '/resume-second': renderResumePage(RESUME_SECOND_VIEW, 'Something has changed since this page was opened.'),
  '/resume-own': renderResumePage(RESUME_OWN_VIEW),
  '/resume-hostile': renderResumePage(RESUME_HOSTILE_VIEW),
  '/resume-first': renderFirstConfirmationPage(RESUME_OWN_VIEW),
  '/resume-code': renderCodePage({
    ...resumeConfirmation(RESUME_VIEW),
    ...{ fields: [], isCodeSent: true, offersCode: true, offersSignIn: true },
  }),
  '/resumed': renderResumedPage(RESUMED_VIEW, { at: '2026-03-12T12:00:00Z' }),
  '/refused': renderRefusedPage('fault'),
  '/mail': composeApprovalMail({ ...HOSTILE_VIEW, link: 'https://approvals.example.com/approvals/AbCdEf' }).html,
};
