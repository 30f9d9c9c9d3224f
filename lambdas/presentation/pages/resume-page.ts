import { html } from 'hono/html';
import type { PauseCause } from '../../domain/brake/pause.ts';
import { RESUME } from '../../domain/brake/resume-request.ts';
import type { Markup } from '../markup.ts';
import { formatPerson } from '../text/format-approvals.ts';
import { formatTime, momentLines } from '../text/format-time.ts';
import { possibleSeconds, type ResumeView, resumeFacts } from '../text/resume-view.ts';
import { factListMarkup, factsMarkup, listMarkup, nameMarkup, noteMarkup, renderPage } from './page-layout.ts';

const HEADING = 'Resume removing and deleting accounts?';

/** What to look at before saying yes: a surge may be somebody who holds a key of HR's. */
const BEFORE_YOU_CONFIRM: Readonly<Record<PauseCause['kind'], readonly string[]>> = {
  surge: [
    'Ask HR, in person or by telephone, whether these people have left. Do not ask by answering a mail.',
    'If they have not, leave it paused: HR’s key has to be changed, and the operators give the accounts back with “offboard withdraw”.',
  ],
  operator: ['Ask whoever paused it, in person or by telephone, whether the reason for it is gone.'],
};
const NOTHING_IS_LOST = 'Leavers are disabled in time whatever you do here, and nothing gets lost while it is paused.';

/** The page behind an approver's link to a request to resume deletes. It confirms by its form only. */
export function renderResumePage(view: ResumeView, error?: string): string {
  const [why, who, what] = resumeFacts(view).map(factsMarkup);
  return renderPage({
    title: `${error === undefined ? '' : 'Error: '}${HEADING}`,
    heading: HEADING,
    main: html`${error !== undefined && errorMarkup(error)}
${noteMarkup('warn', 'Removing and deleting accounts is paused for everybody.', 'It resumes once two approvers in different roles have confirmed it. One of them alone changes nothing.')}
${firstMarkup(view)}
${why}
${who}
${what}
<section><h2>Before you confirm</h2>${listMarkup([...BEFORE_YOU_CONFIRM[view.pause.cause.kind], NOTHING_IS_LOST])}</section>
${formMarkup(view)}`,
    footer: 'Opening this page changes nothing. It holds no script and loads nothing from elsewhere.',
  });
}

function errorMarkup(error: string): Markup {
  return html`<div class="errors" role="alert" aria-labelledby="errors-title" tabindex="-1" autofocus>
<h2 id="errors-title">Nothing was confirmed yet</h2>
<ul><li>${error}</li></ul>
</div>`;
}

function firstMarkup({ first, timeZone }: ResumeView): Markup | undefined {
  if (!first) return undefined;
  return html`<section class="proposal" aria-labelledby="first-title">
<h2 id="first-title">The first of two confirmations is on record</h2>
${factListMarkup([
  { label: 'Confirmed by', lines: [formatPerson(first.approver)] },
  { label: 'Confirmed at', lines: momentLines(first.confirmedAt, timeZone) },
])}
</section>`;
}

function formMarkup({ shownHash, first, approver }: ResumeView): Markup {
  const isOwn = first?.approver.email === approver.email;
  if (isOwn)
    return html`<p><strong>The first confirmation is yours.</strong> Somebody in another role gives the second one.</p>`;
  return html`<form method="post" action="" autocomplete="off">
<input type="hidden" name="shown" value="${shownHash}">
<input type="hidden" name="choice" value="${RESUME.choice}">
<section class="confirm" aria-labelledby="confirm-title">
<h2 id="confirm-title">Your confirmation</h2>
<p>${RESUME.meaning} The next page asks for a proof that it is you.</p>
<button type="submit">Confirm that it resumes</button>
</section>
</form>`;
}

/** What whoever gave the first confirmation sees next. */
export function renderFirstConfirmationPage(view: ResumeView): string {
  const seconds = possibleSeconds(view);
  const heading = 'The first of two confirmations is recorded';
  return renderPage({
    title: heading,
    heading,
    main: html`${noteMarkup('plain', 'Removing and deleting accounts is still paused.', 'It resumes once a second approver in another role has confirmed it as well.')}
<section><h2>Who can give the second one</h2>
${seconds.length === 0 ? html`<p>Nobody else who was asked has another role than yours. Tell the operators of the offboarding.</p>` : html`<ul>${seconds.map((person) => html`<li>${nameMarkup(person)}</li>`)}</ul>`}
</section>
<p>If nobody does before ${formatTime(view.request.expiresAt, view.timeZone)}, it stays paused.</p>`,
    footer: 'Your confirmation is recorded. Reloading or leaving this page changes nothing.',
  });
}

/** What every link shows once two have confirmed. */
export function renderResumedPage(view: ResumeView, resumed: { readonly at: string }): string {
  const heading = 'Removing and deleting accounts has resumed';
  const confirmed = view.request.confirmations.map(({ approver, confirmedAt }) => ({
    label: formatPerson(approver),
    lines: momentLines(confirmedAt, view.timeZone),
  }));
  return renderPage({
    title: heading,
    heading,
    main: html`${noteMarkup('good', `Two approvers have confirmed it. It resumed ${formatTime(resumed.at, view.timeZone)}.`, 'What was decided before is carried out within about an hour, once its hold is over; until then each decision can still be taken back behind its own link.')}
${factsMarkup({ title: 'Who confirmed it, and when', facts: confirmed })}
<section><h2>If that was wrong</h2>${listMarkup(['Have an operator pause it again at once: offboard deletes pause.'])}</section>`,
    footer: 'This page only tells what was confirmed: opening it changes nothing.',
  });
}
