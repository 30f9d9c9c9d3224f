import type { Brake, Pause } from '../../../../lambdas/domain/brake/pause.ts';
import type { Confirmation, ResumeRequest } from '../../../../lambdas/domain/brake/resume-request.ts';
import { buildResumeView } from '../../../../lambdas/presentation/text/resume-view.ts';
import { EXAMPLE_VIEW, HOSTILE_NAME } from './example-view.ts';

const ALEX = {
  email: 'alex.kim@example.com',
  displayName: 'Alex Kim',
  role: 'security',
  namedBy: 'configuration',
  timeZone: 'Europe/Berlin',
} as const;
const SAM = { email: 'sam.lee@example.com', displayName: 'Sam Lee', role: 'it', namedBy: 'configuration' } as const;

const LEAVERS = ['Ada Adams', 'Bert Brown', 'Cleo Clark', 'Dan Diaz', 'Eve Evans', 'Finn Fox', 'Gina Gray', 'Hal Hill'];

const REQUEST: ResumeRequest = {
  requestId: '6f0c1a52-0f4e-4c0e-9d6e-2f6a3f1b7c11',
  by: {
    arn: 'arn:aws:sts::111122223333:assumed-role/OffboardingOperator/olga.operator@example.com',
    at: '2026-03-12T10:30:00Z',
  },
  reason: 'HR confirms by telephone that the Melbourne office closes: all of them have left.',
  expiresAt: '2026-03-15T10:30:00Z',
  waiting: {
    count: 3,
    first: [
      { caseId: 'case-1', displayName: 'Jane Doe', effect: 'Delete the account and its vault' },
      { caseId: 'case-2', displayName: 'Mia Moor', effect: 'Remove from the company' },
      { caseId: 'case-3', displayName: 'Noah North', effect: 'Delete the account and its vault' },
    ],
  },
  leavers: { sources: [{ source: 'com.example.hr', count: 61 }], first: LEAVERS },
  asked: { at: '2026-03-12T10:32:00Z', approvers: [ALEX, SAM] },
  confirmations: [],
};

const PAUSE: Pause & { readonly request: ResumeRequest } = {
  number: 1,
  version: 4,
  pausedAt: '2026-03-12T09:45:00Z',
  cause: { kind: 'surge', leavers: 61, limit: 60, caseIds: [] },
  request: REQUEST,
  formerRequests: [],
  told: [],
};

const FIRST: Confirmation = {
  choice: 'resume',
  approver: SAM,
  confirmedAt: '2026-03-12T10:50:00Z',
  shownHash: 'a'.repeat(64),
  stepUp: 'code',
};

export const PAUSED_BRAKE: Brake = { kind: 'paused', pause: PAUSE };
export const PAUSED_VIEW = {
  ...EXAMPLE_VIEW,
  brake: PAUSED_BRAKE,
  effects: EXAMPLE_VIEW.effects.filter(({ isReversible }) => isReversible),
};

export const RESUME_VIEW = buildResumeView(PAUSE, ALEX, undefined);
export const RESUME_SECOND_VIEW = buildResumeView(PAUSE, ALEX, FIRST);
export const RESUME_OWN_VIEW = buildResumeView(PAUSE, SAM, FIRST);
export const RESUMED_VIEW = buildResumeView(
  {
    ...PAUSE,
    request: {
      ...REQUEST,
      confirmations: [FIRST, { ...FIRST, approver: ALEX, confirmedAt: '2026-03-12T12:00:00Z' }],
    },
  },
  ALEX,
  FIRST,
);

const long = `${'very-long-'.repeat(12)}name`;
export const RESUME_HOSTILE_VIEW = buildResumeView(
  {
    ...PAUSE,
    cause: {
      kind: 'operator',
      by: { ...REQUEST.by, arn: `arn:aws:iam::111122223333:user/${long}` },
      reason: HOSTILE_NAME,
    },
    request: {
      ...REQUEST,
      reason: HOSTILE_NAME,
      leavers: { sources: [{ source: long, count: 1 }], first: [HOSTILE_NAME] },
      waiting: { count: 30, first: [{ caseId: long, displayName: HOSTILE_NAME, effect: 'Remove from the company' }] },
    },
  },
  { ...ALEX, displayName: HOSTILE_NAME, role: HOSTILE_NAME },
  { ...FIRST, approver: { ...SAM, displayName: HOSTILE_NAME } },
);
