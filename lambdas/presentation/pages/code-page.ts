import { html } from 'hono/html';
import type { CarriedField } from '../../step-up/step-field.ts';
import type { Markup } from '../markup.ts';
import { type ConfirmationView, formatUnconfirmed } from '../text/confirmation-view.ts';
import { formatTime } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { confirmationFormMarkup, confirmationMarkup } from './confirmation-form.ts';
import { noteMarkup, renderPage } from './page-layout.ts';

export interface CodePageView extends ConfirmationView {
  /** The decision's own fields, carried on to the next post. */
  readonly fields: readonly CarriedField[];
  /** Whether a code may be in the mailbox; without one the page only offers to send it. */
  readonly isCodeSent: boolean;
  /** Until when the newest code is valid, if this answer sent it; ISO 8601. */
  readonly expiresAt?: string | undefined;
  /** Whether a code by mail counts for this choice. */
  readonly offersCode: boolean;
  /** Whether the company's own sign-in is offered. */
  readonly offersSignIn: boolean;
  readonly error?: string | undefined;
}

/** The page is shown at the link's own address. */
const HERE = { action: '' };

/** The page after a choice that needs more than the link was sent: the same again in words, and the proof that it is the approver. */
export function renderCodePage(view: CodePageView): string {
  const { error } = view;
  return renderPage({
    title: `${error === undefined ? '' : 'Error: '}Confirm: ${view.effect.label}`,
    heading: `Confirm that it is you: ${view.effect.label}`,
    main: html`${error !== undefined && errorMarkup(view, error)}
${noteMarkup('warn', error === undefined ? 'Nothing is decided yet.' : 'Why this is asked', whyMarkup(view))}
${confirmationMarkup(view, HERE)}
${confirmationFormMarkup(
  { ...HERE, fields: view.fields },
  html`${view.isCodeSent && codeMarkup(view)}
${view.offersSignIn && signInMarkup()}
${view.offersCode && sendMarkup(view)}`,
)}`,
    footer: `What you confirm is exactly what this page shows. If you close it, ${formatUnconfirmed(view)}.`,
  });
}

function whyMarkup({ leaver, effect }: CodePageView): string {
  const ofCase = effect.isReversible ? 'This choice gives the leaver access again' : 'This choice cannot be undone';
  const what = leaver ? ofCase : 'What is carried out once this is confirmed cannot be undone';
  return `${what}, so it needs more than the link: a proof that it is you who sent it.`;
}

function errorMarkup({ isCodeSent }: CodePageView, error: string): Markup {
  return html`<div class="errors" role="alert" aria-labelledby="errors-title" tabindex="-1" autofocus>
<h2 id="errors-title">Nothing was decided yet</h2>
<ul><li>${isCodeSent ? html`<a href="#code">${error}</a>` : error}</li></ul>
</div>`;
}

function codeMarkup({ approver, expiresAt, timeZone, error }: CodePageView): Markup {
  const validity = expiresAt === undefined ? 'for ten minutes' : `until ${formatTime(expiresAt, timeZone)}`;
  const described = error === undefined ? html`` : html` aria-invalid="true"`;
  return html`<section class="confirm" aria-labelledby="code-title">
<h2 id="code-title">Enter the code from your mailbox</h2>
<div class="field${error === undefined ? '' : ' wrong'}">
<label for="code">Code of six digits</label>
<p class="hint" id="code-hint">Sent to <bdi>${plainLine(approver.email)}</bdi>. It works once, ${validity}, and allows five tries.</p>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="\\s*[0-9]{3}[\\s\\-]?[0-9]{3}\\s*" title="Six digits"
 required maxlength="10" spellcheck="false" aria-describedby="code-hint"${described}>
</div>
<button type="submit" name="step" value="code">Confirm and record this decision</button>
</section>`;
}

function signInMarkup(): Markup {
  return html`<section aria-labelledby="sign-in-title">
<h2 id="sign-in-title">Sign in with your company account</h2>
<p>You sign in afresh, as the person to whom the link was sent, and come back here.</p>
<button type="submit" name="step" value="sign-in" formnovalidate>Sign in to confirm</button>
</section>`;
}

function sendMarkup({ isCodeSent, approver }: CodePageView): Markup {
  return html`<section aria-labelledby="send-title">
<h2 id="send-title">${isCodeSent ? 'No code, or an old one?' : 'Get a code by mail'}</h2>
<p>${isCodeSent ? 'It can take a minute to arrive. A new code replaces the one before.' : html`Six digits are sent to <bdi>${plainLine(approver.email)}</bdi>.`}</p>
<button class="${isCodeSent ? 'quiet' : ''}" type="submit" name="step" value="send-code" formnovalidate>${isCodeSent ? 'Send another code' : 'Send a code'}</button>
</section>`;
}
