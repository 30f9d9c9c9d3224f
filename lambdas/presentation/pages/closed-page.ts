import { html } from 'hono/html';
import type { Leaver } from '../text/approval-view.ts';
import { formatTime } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { listMarkup, nameMarkup, noteMarkup, renderPage } from './page-layout.ts';

/** Why a link can decide nothing any more, or never could. */
export type ClosedKind =
  | 'unknown'
  | 'closed'
  | 'expired'
  | 'withdrawn'
  | 'superseded'
  | 'ended'
  | 'request-expired'
  | 'request-replaced';

/** What a closed link may tell of its case; an unknown link has none. */
interface ClosedCase {
  readonly caseId: string;
  readonly leaver: Leaver;
  readonly timeZone: string;
  /** When it closed; ISO 8601. */
  readonly closedAt?: string | undefined;
}

interface Closing {
  readonly heading: string;
  readonly lead: string;
  readonly rest: string;
  readonly next: readonly string[];
}

const CLOSINGS: Record<ClosedKind, Closing> = {
  unknown: {
    heading: 'This link is not known',
    lead: 'Nothing was changed.',
    rest: 'A link works only whole and only for the person it was sent to. Parts of it may have been lost when it was copied.',
    next: [
      'Open the link from the mail itself.',
      'If it still does not work, ask the operators of the offboarding for the state of the case.',
    ],
  },
  closed: {
    heading: 'This link is closed',
    lead: 'Nothing was changed.',
    rest: 'This link decides nothing any more, and nothing is needed from you.',
    next: ['If you have a question about it, ask the operators of the offboarding.'],
  },
  expired: {
    heading: 'The time to decide is over',
    lead: 'The account stays disabled.',
    rest: 'Nobody decided in time. Silence never deletes: the vault and the company membership are kept.',
    next: ['To decide after all, ask the operators of the offboarding to take the case up again.'],
  },
  withdrawn: {
    heading: 'The termination was withdrawn',
    lead: 'There is nothing left to decide.',
    rest: 'HR cancelled the termination. An account that was already disabled is enabled again; the mail about the outcome says so once LastPass shows it.',
    next: ['If that surprises you, speak to HR: only HR reports and cancels a termination.'],
  },
  superseded: {
    heading: 'A newer link has replaced this one',
    lead: 'This link decides nothing any more.',
    rest: 'HR changed its report after this link was sent, or the case was taken up again, so the facts behind it are out of date.',
    next: ['Use the link in the newest mail about this leaver.'],
  },
  'request-expired': {
    heading: 'The time to confirm is over',
    lead: 'Removing and deleting accounts stays paused.',
    rest: 'Two approvers did not confirm in time that it resumes. Nothing gets lost by that.',
    next: ['If it should resume after all, the operators of the offboarding can ask again: offboard deletes resume.'],
  },
  'request-replaced': {
    heading: 'This request is over',
    lead: 'This link confirms nothing any more.',
    rest: 'Another request has taken its place, or an operator has paused it once more.',
    next: ['Use the link in the newest mail about it, if there is one.'],
  },
  ended: {
    heading: 'This case has ended',
    lead: 'There is nothing left to decide.',
    rest: 'It ended without a decision. The mail about its outcome says how, and what state the account is in.',
    next: ['Read the mail about the outcome, or ask the operators of the offboarding for the state of the case.'],
  },
};

/** The page of a link that is closed: what that means for the account and what the reader can do. */
export function renderClosedPage(kind: ClosedKind, about?: ClosedCase): string {
  const { heading, lead, rest, next } = CLOSINGS[kind];
  return renderPage({
    title: heading,
    heading,
    main: html`${about && html`<p>LastPass account of ${nameMarkup(plainLine(about.leaver.displayName))}, case ${nameMarkup(plainLine(about.caseId))}.</p>`}
${about?.closedAt && html`<p>Since ${formatTime(about.closedAt, about.timeZone)}.</p>`}
${noteMarkup(kind === 'unknown' ? 'warn' : 'plain', lead, rest)}
<section><h2>What you can do</h2>${listMarkup(next)}</section>`,
    footer: 'Opening this page changes nothing.',
  });
}
