import { html } from 'hono/html';
import type { Effect } from '../../domain/effect.ts';
import type { Markup } from '../markup.ts';
import type { ApprovalView } from '../text/approval-view.ts';
import { formatProof, formatReversibility } from '../text/cautions.ts';
import { formatApprovals, isBeyond } from '../text/format-approvals.ts';
import { formatDuration } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import type { FilledForm } from './decision-form.ts';
import { errorAt, errorMarkup } from './field-errors.ts';
import { addressFieldMarkup, irreversibleFieldsMarkup } from './irreversible-fields.ts';

/**
 * The one form: four choices and what all but the mildest need, posted to the address of the page itself. It works
 * without scripts, so the fields that only some choices need are always there and say when they are needed.
 */
export function decisionFormMarkup(view: ApprovalView, form: FilledForm): Markup {
  return html`<form id="decision" method="post" action="" autocomplete="off" novalidate>
<input type="hidden" name="shown" value="${view.shownHash}">
${choicesMarkup(view, form)}
${view.effects.some(({ needsTypedAddress }) => needsTypedAddress) ? addressFieldMarkup(view, form) : ''}
${view.effects.every(({ isReversible }) => isReversible) ? '' : irreversibleFieldsMarkup(view, form)}
<button type="submit">Record this decision</button>
<p class="soft">${afterwards(view)}</p>
</form>`;
}

function choicesMarkup(view: ApprovalView, { values, errors }: FilledForm): Markup {
  const error = errorAt(errors, 'choice');
  const described = error === undefined ? 'choice-hint' : 'choice-hint choice-error';
  return html`<fieldset aria-describedby="${described}">
<legend>What should become of the account?</legend>
<p class="hint" id="choice-hint">Choose one. Nothing is chosen beforehand.</p>
${errorMarkup('choice-error', error)}
${view.effects.map((effect) => choiceMarkup(effect, view, values.choice))}
</fieldset>`;
}

function choiceMarkup(effect: Effect, view: ApprovalView, chosen: string | undefined): Markup {
  const id = `choice-${effect.choice}`;
  const checked = effect.choice === chosen ? html` checked` : '';
  const approvals = formatApprovals(effect, view);
  return html`<div class="choice ${effect.isReversible ? 'mild' : 'final'}${effect.needsTypedAddress ? ' typed' : ''}">
<input type="radio" name="choice" id="${id}" value="${effect.choice}" aria-describedby="${id}-about"${checked}${isBeyond(view.approver, effect) ? html` disabled` : ''}>
<label for="${id}">${effect.label} <span class="badge">${formatReversibility(effect)}</span></label>
<div id="${id}-about">${effect.meaning}${approvals && html`<p><strong>${approvals}</strong></p>`}<p class="soft">Proof afterwards: ${formatProof(effect.proof)}</p></div>
</div>`;
}

function afterwards(view: ApprovalView): string {
  const needsTwo = view.effects.some(({ approvalsNeeded }) => approvalsNeeded === 2);
  const two = needsTwo ? ' Where a second approval is needed, nothing is decided until it is there.' : '';
  const recorded = `Your choice is recorded as yours, ${plainLine(view.approver.displayName)}. The first decision counts.${two}`;
  if (view.holdSeconds <= 0) return recorded;
  return `${recorded} One that cannot be undone waits ${formatDuration(view.holdSeconds)} before it is carried out.`;
}
