import { html } from 'hono/html';
import type { Markup } from '../markup.ts';
import type { ApprovalView } from '../text/approval-view.ts';
import { factSections, formatDisabled, formatSilence } from '../text/case-facts.ts';
import { contractNotice, type Warning, WORTH_KNOWING, warningsAbout } from '../text/cautions.ts';
import { plainLine } from '../text/plain-text.ts';
import type { FilledForm } from './decision-form.ts';
import { decisionFormMarkup } from './decision-form-markup.ts';
import { errorSummaryMarkup } from './error-summary.ts';
import { factsMarkup, listMarkup, nameMarkup, noteMarkup, renderPage } from './page-layout.ts';
import { proposalPanelMarkup } from './proposal-panel.ts';

const UNTOUCHED: FilledForm = { values: {}, errors: [] };

/** The page behind an approver's link: what is known, what each choice does, and the form that decides. */
export function renderApprovalPage(view: ApprovalView, form: FilledForm = UNTOUCHED): string {
  const name = plainLine(view.leaver.displayName);
  return renderPage({
    title: `${form.errors.length > 0 ? 'Error: ' : ''}Decide: LastPass account of ${name}`,
    heading: html`Decide about the LastPass account of ${nameMarkup(name)}`,
    main: html`${errorSummaryMarkup(form.errors)}
${proposalPanelMarkup(view)}
${questionMarkup(view, form)}`,
    footer: 'Opening this page changes nothing. It holds no script and loads nothing from elsewhere.',
  });
}

/** Everything that a decision is made from, and the form that makes it: never the one without the other. */
function questionMarkup(view: ApprovalView, form: FilledForm): Markup {
  const [leaver, account, further, asked] = factSections(view).map(factsMarkup);
  return html`${noteMarkup('good', formatDisabled(view), formatSilence(view))}
${warningsAbout(view).map(warningMarkup)}
<p><a href="#decision">Go straight to the choices</a></p>
${leaver}
${account}
${further}
<section><h2>Worth knowing before you decide</h2>${listMarkup(WORTH_KNOWING)}</section>
${contractMarkup(view)}
${decisionFormMarkup(view, form)}
${asked}`;
}

function warningMarkup({ lead, advice, items }: Warning): Markup {
  const names = items && html`<ul>${items.map((item) => html`<li>${nameMarkup(item)}</li>`)}</ul>`;
  return html`<div class="note warn"><strong>${lead}</strong><p>${advice}</p>${names}</div>`;
}

function contractMarkup(view: ApprovalView): Markup {
  const { text, isWarning } = contractNotice(view.contract);
  return isWarning ? noteMarkup('bad', 'Check the effects first', text) : html`<p class="soft">${text}</p>`;
}
