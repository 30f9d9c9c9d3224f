import { html } from 'hono/html';
import type { CarriedField } from '../../step-up/step-field.ts';
import type { Markup } from '../markup.ts';
import { type ConfirmationView, confirmationFacts } from '../text/confirmation-view.ts';
import { factsMarkup } from './page-layout.ts';

/** The decision's own fields, and the address that takes them. */
interface CarriedForm {
  /** The approval page's address; empty on that page itself. */
  readonly action: string;
  readonly fields: readonly CarriedField[];
}

/** A form that carries the decision's fields on, unseen, around what this page asks for. */
export function confirmationFormMarkup({ action, fields }: CarriedForm, content: Markup): Markup {
  return html`<form method="post" action="${action}" autocomplete="off">
${fields.map(({ name, value }) => html`<input type="hidden" name="${name}" value="${value}">`)}
${content}
</form>`;
}

/** What is being confirmed, with the way back to where it can still be changed. */
export function confirmationMarkup(view: ConfirmationView, { action }: Pick<CarriedForm, 'action'>): Markup {
  return html`${factsMarkup(confirmationFacts(view))}
<p><a href="${action}">Go back to ${view.leaver ? 'the facts and the choices' : 'the facts'}</a></p>`;
}
