import { html } from 'hono/html';
import { orphanedFolders } from '../../domain/approval-facts.ts';
import type { Markup } from '../markup.ts';
import type { ApprovalView } from '../text/approval-view.ts';
import { plainLine } from '../text/plain-text.ts';
import { type FilledForm, LONGEST_REASON } from './decision-form.ts';
import { describedBy, errorAt, errorMarkup } from './field-errors.ts';
import { nameMarkup } from './page-layout.ts';

/** What every choice asks for that does more than keep the account disabled: the leaver's address, typed by a person. */
export function addressFieldMarkup(view: ApprovalView, form: FilledForm): Markup {
  return html`<section class="confirm whose" aria-labelledby="whose-title">
<h2 id="whose-title">Whose account it is</h2>
<p class="needed">Your choice needs this.</p>
${addressMarkup(view, form)}
</section>`;
}

/**
 * What a choice that cannot be undone asks for besides: a reason, the attestation about the vault, and each folder that
 * would lose its only administrator acknowledged by name.
 */
export function irreversibleFieldsMarkup(view: ApprovalView, form: FilledForm): Markup {
  return html`<section class="confirm final-only" aria-labelledby="confirm-title">
<h2 id="confirm-title">Needed for a choice that cannot be undone</h2>
<p class="needed">You chose an effect that cannot be undone: everything in this box is needed.</p>
${reasonMarkup(form)}
${attestationMarkup(form)}
${foldersMarkup(orphanedFolders(view.facts), form)}
</section>`;
}

function addressMarkup(view: ApprovalView, { values, errors }: FilledForm): Markup {
  const error = errorAt(errors, 'confirmAddress');
  return html`<div class="field${wrong(error)}">
<label for="confirm-address">Type the leaver’s work address</label>
<p class="hint" id="address-hint">${whenNeeded(view)} It is <bdi>${plainLine(view.leaver.workEmail)}</bdi></p>
${errorMarkup('address-error', error)}
<input id="confirm-address" name="confirmAddress" type="text" inputmode="email" maxlength="254" value="${values.confirmAddress ?? ''}"
 autocomplete="off" autocapitalize="none" spellcheck="false"${describedBy('address', error)}>
</div>`;
}

/** Which choices take the address, by naming those that do not. */
function whenNeeded({ effects }: ApprovalView): string {
  const without = effects.filter(({ needsTypedAddress }) => !needsTypedAddress).map(({ label }) => `“${label}”`);
  return without.length === 0 ? 'Needed for every choice.' : `Needed for every choice but ${without.join(' and ')}.`;
}

function reasonMarkup({ values, errors }: FilledForm): Markup {
  const error = errorAt(errors, 'reason');
  return html`<div class="field${wrong(error)}">
<label for="reason">Reason</label>
<p class="hint" id="reason-hint">Kept with the decision as evidence, at most ${LONGEST_REASON} characters. Optional for choices that can be undone.</p>
${errorMarkup('reason-error', error)}
<textarea id="reason" name="reason" rows="4" maxlength="${LONGEST_REASON}"${describedBy('reason', error)}>
${values.reason ?? ''}</textarea>
</div>`;
}

function attestationMarkup({ values, errors }: FilledForm): Markup {
  const error = errorAt(errors, 'attests');
  return html`<div class="field${wrong(error)}">
<p class="hint" id="attests-hint">Only the leaver’s account can open its vault, and only while it is enabled: if something is missing, reinstate first.</p>
${errorMarkup('attests-error', error)}
<div class="tick"><input type="checkbox" id="attests" name="attests" value="yes"${checked(values.attests === 'yes')}${describedBy('attests', error)}>
<label for="attests">What the company must keep from this vault has been transferred, or there is nothing to keep</label></div>
</div>`;
}

function foldersMarkup(folders: readonly string[], { values, errors }: FilledForm): Markup | undefined {
  if (folders.length === 0) return undefined;
  const error = errorAt(errors, 'acknowledged');
  return html`<fieldset class="field${wrong(error)}" aria-describedby="acknowledged-hint${error === undefined ? '' : ' acknowledged-error'}">
<legend>Shared folders that lose their only administrator</legend>
<p class="hint" id="acknowledged-hint">Tick each to say that you know, or have another administrator appointed first.</p>
${errorMarkup('acknowledged-error', error)}
${folders.map((name, index) => folderMarkup(name, { id: `acknowledged-${index}`, isTicked: values.acknowledged?.includes(name) ?? false }))}
</fieldset>`;
}

function folderMarkup(name: string, { id, isTicked }: { id: string; isTicked: boolean }): Markup {
  return html`<div class="tick"><input type="checkbox" id="${id}" name="acknowledged" value="${name}"${checked(isTicked)}>
<label for="${id}">${nameMarkup(plainLine(name))} will have nobody who administers it</label></div>`;
}

function checked(isChecked: boolean): Markup {
  return isChecked ? html` checked` : html``;
}

function wrong(error: string | undefined): string {
  return error === undefined ? '' : ' wrong';
}
