import { html } from 'hono/html';
import { APPROVAL_PATH } from '../../domain/link-id.ts';
import type { CarriedField } from '../../step-up/step-field.ts';
import { type ConfirmationView, formatUnconfirmed } from '../text/confirmation-view.ts';
import { plainLine } from '../text/plain-text.ts';
import { confirmationFormMarkup, confirmationMarkup } from './confirmation-form.ts';
import { nameMarkup, noteMarkup, renderPage } from './page-layout.ts';

/**
 * The way to the provider, as a link. A redirect would be simpler, but browsers apply `form-action` to every hop that
 * follows a form, and where a company's provider forwards to is not known beforehand.
 */
export function renderSignInLinkPage(view: ConfirmationView & { readonly url: string }): string {
  const host = new URL(view.url).host;
  return renderPage({
    title: `Sign in to confirm: ${view.effect.label}`,
    heading: `Sign in to confirm: ${view.effect.label}`,
    main: html`${noteMarkup('warn', 'Nothing is decided yet.', html`Sign in as ${nameMarkup(plainLine(view.approver.email))}, in this browser and within ten minutes. You come back to a page that asks once more.`)}
${confirmationMarkup(view, { action: '' })}
<section><h2>Your company’s sign-in</h2><p><a href="${view.url}" rel="noreferrer">Continue to ${host}</a></p></section>`,
    footer: `If you do not sign in, ${formatUnconfirmed(view)}.`,
  });
}

interface SignedInView extends ConfirmationView {
  readonly linkId: string;
  readonly fields: readonly CarriedField[];
  readonly proof: string;
}

/** After the right person signed in: the decision once more, and the one button that records it. */
export function renderSignedInPage(view: SignedInView): string {
  const form = { action: `${APPROVAL_PATH}/${view.linkId}`, fields: view.fields };
  return renderPage({
    title: `Confirm: ${view.effect.label}`,
    heading: `Confirm: ${view.effect.label}`,
    main: html`${noteMarkup('good', html`You signed in as ${nameMarkup(plainLine(view.approver.email))}.`, 'Nothing is decided yet: the button below records the decision.')}
${confirmationMarkup(view, form)}
${confirmationFormMarkup(
  form,
  html`<input type="hidden" name="code" value="${view.proof}">
<button type="submit" name="step" value="code">Record this decision</button>`,
)}`,
    footer: `This page is good for ten minutes and once. If you close it, ${formatUnconfirmed(view)}.`,
  });
}
