import { html } from 'hono/html';
import type { Markup } from '../markup.ts';
import type { FormError } from './decision-form.ts';

/** Where the link of each message leads: to the first control that the message is about. */
const CONTROLS: Record<Exclude<FormError['field'], 'form'>, string> = {
  choice: 'choice-reinstate',
  confirmAddress: 'confirm-address',
  reason: 'reason',
  attests: 'attests',
  acknowledged: 'acknowledged-0',
};

/** What has to be corrected, first on the page and focused on arrival, because no script is there to announce it. */
export function errorSummaryMarkup(errors: readonly FormError[]): Markup | undefined {
  if (errors.length === 0) return undefined;
  return html`<div class="errors" role="alert" aria-labelledby="errors-title" tabindex="-1" autofocus>
<h2 id="errors-title">Nothing was decided yet</h2>
<ul>${errors.map((error) => html`<li>${messageMarkup(error)}</li>`)}</ul>
</div>`;
}

function messageMarkup({ field, message }: FormError): Markup | string {
  return field === 'form' ? message : html`<a href="#${CONTROLS[field]}">${message}</a>`;
}
