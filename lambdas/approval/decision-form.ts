import { html } from 'hono/html';
import type { Effect } from '../domain/effect.ts';
import type { ApprovalView } from './approval-view.ts';
import { proofInWords, reversibilityInWords } from './cautions.ts';
import type { Markup } from './markup.ts';
import { durationInWords } from './moment-in-words.ts';
import { plainLine } from './plain-text.ts';

/** What an approver entered, kept when the form has to be shown again. */
export interface DecisionForm {
  readonly choice?: string | undefined;
  readonly confirmAddress?: string | undefined;
  readonly reason?: string | undefined;
}

export interface FormError {
  readonly field: 'choice' | 'confirmAddress' | 'reason' | 'form';
  readonly message: string;
}

export interface FilledForm {
  readonly values: DecisionForm;
  readonly errors: readonly FormError[];
}

/** Most characters of a reason; the handler checks the same number. */
export const LONGEST_REASON = 500;

/**
 * The one form: four choices, the typed address and the reason, posted to the address of the page itself. It works
 * without scripts, so the fields that only some choices need are always there and say when they are needed.
 */
export function decisionFormMarkup(view: ApprovalView, { values, errors }: FilledForm): Markup {
  return html`<form id="decision" method="post" action="" autocomplete="off" novalidate>
<input type="hidden" name="shown" value="${view.shownHash}">
${choicesMarkup(view, values.choice, errorAt(errors, 'choice'))}
${confirmationMarkup(view, { values, errors })}
<button type="submit">Record this decision</button>
<p class="soft">${afterwards(view)}</p>
</form>`;
}

function choicesMarkup(view: ApprovalView, chosen: string | undefined, error: string | undefined): Markup {
  const described = error === undefined ? 'choice-hint' : 'choice-hint choice-error';
  return html`<fieldset aria-describedby="${described}">
<legend>What should become of the account?</legend>
<p class="hint" id="choice-hint">Choose one. Nothing is chosen beforehand.</p>
${errorMarkup('choice-error', error)}
${view.effects.map((effect) => choiceMarkup(effect, chosen))}
</fieldset>`;
}

function choiceMarkup(effect: Effect, chosen: string | undefined): Markup {
  const id = `choice-${effect.choice}`;
  const checked = effect.choice === chosen ? html` checked` : '';
  return html`<div class="choice ${effect.isReversible ? 'mild' : 'final'}">
<input type="radio" name="choice" id="${id}" value="${effect.choice}" aria-describedby="${id}-about"${checked}>
<label for="${id}">${effect.label} <span class="badge">${reversibilityInWords(effect)}</span></label>
<div id="${id}-about">${effect.meaning}<p class="soft">Proof afterwards: ${proofInWords(effect.proof)}</p></div>
</div>`;
}

function confirmationMarkup(view: ApprovalView, { values, errors }: FilledForm): Markup {
  const addressError = errorAt(errors, 'confirmAddress');
  const reasonError = errorAt(errors, 'reason');
  return html`<section class="confirm" aria-labelledby="confirm-title">
<h2 id="confirm-title">Needed for a choice that cannot be undone</h2>
<p class="needed">You chose an effect that cannot be undone: fill in both fields.</p>
<p class="hint">By filling in both you also state that what the company must keep from this vault has been transferred.</p>
<div class="field${addressError === undefined ? '' : ' wrong'}">
<label for="confirm-address">Type the leaver’s work address</label>
<p class="hint" id="address-hint">To confirm whose account it is: <bdi>${plainLine(view.leaver.workEmail)}</bdi></p>
${errorMarkup('address-error', addressError)}
<input id="confirm-address" name="confirmAddress" type="text" inputmode="email" maxlength="254" value="${values.confirmAddress ?? ''}"
 autocomplete="off" autocapitalize="none" spellcheck="false"${describedBy('address', addressError)}>
</div>
<div class="field${reasonError === undefined ? '' : ' wrong'}">
<label for="reason">Reason</label>
<p class="hint" id="reason-hint">Kept with the decision as evidence, at most ${LONGEST_REASON} characters. Optional for choices that can be undone.</p>
${errorMarkup('reason-error', reasonError)}
<textarea id="reason" name="reason" rows="4" maxlength="${LONGEST_REASON}"${describedBy('reason', reasonError)}>
${values.reason ?? ''}</textarea>
</div>
</section>`;
}

function errorAt(errors: readonly FormError[], field: FormError['field']): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

function errorMarkup(id: string, message: string | undefined): Markup | undefined {
  return message === undefined ? undefined : html`<p class="error" id="${id}">Error: ${message}</p>`;
}

function describedBy(name: string, error: string | undefined): Markup {
  if (error === undefined) return html` aria-describedby="${name}-hint"`;
  return html` aria-describedby="${name}-hint ${name}-error" aria-invalid="true"`;
}

function afterwards(view: ApprovalView): string {
  const recorded = `The first decision counts and is recorded as yours, ${plainLine(view.approver.displayName)}.`;
  if (view.holdSeconds <= 0) return recorded;
  return `${recorded} One that cannot be undone waits ${durationInWords(view.holdSeconds)} before it is carried out.`;
}
