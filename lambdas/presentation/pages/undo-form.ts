import { html } from 'hono/html';
import type { Markup } from '../markup.ts';
import { formatTime } from '../text/format-time.ts';
import { LONGEST_REASON } from './decision-form.ts';

/** The way back from an irreversible decision while its hold lasts. */
export interface UndoOffer {
  /** End of the hold; ISO 8601. */
  readonly until: string;
  /** Hash of what the page shows, carried by the form and opaque here. */
  readonly shown?: string | undefined;
}

/** Everybody who was asked may take a decision back: stopping a deletion must be easier than ordering one. */
export function undoFormMarkup({ until, shown = '' }: UndoOffer, timeZone: string): Markup {
  return html`<section aria-labelledby="undo-title">
<h2 id="undo-title">Take this decision back</h2>
<p>Everybody who was asked can, until ${formatTime(until, timeZone)}. The account then stays disabled, nothing is deleted, and the case ends; the operators of the offboarding can take it up again.</p>
<form method="post" action="" autocomplete="off">
<input type="hidden" name="action" value="undo">
<input type="hidden" name="shown" value="${shown}">
<div class="field">
<label for="undo-reason">Reason</label>
<p class="hint" id="undo-reason-hint">Optional. Kept as evidence, at most ${LONGEST_REASON} characters.</p>
<textarea id="undo-reason" name="reason" rows="2" maxlength="${LONGEST_REASON}" aria-describedby="undo-reason-hint"></textarea>
</div>
<button type="submit" class="quiet">Take this decision back</button>
</form>
</section>`;
}
