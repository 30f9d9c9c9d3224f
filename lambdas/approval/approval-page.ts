import { html } from 'hono/html';
import type { ApprovalView } from './approval-view.ts';
import { disabledInWords, factSections } from './case-facts.ts';
import { contractNotice, WORTH_KNOWING, warningsAbout } from './cautions.ts';
import { decisionFormMarkup, type FilledForm } from './decision-form.ts';
import { errorSummaryMarkup } from './error-summary.ts';
import type { Markup } from './markup.ts';
import { momentInWords } from './moment-in-words.ts';
import { factsMarkup, listMarkup, nameMarkup, noteMarkup, renderPage } from './page-layout.ts';
import { plainLine } from './plain-text.ts';

const UNTOUCHED: FilledForm = { values: {}, errors: [] };

/** The page behind an approver's link: what is known, what each choice does, and the form that decides. */
export function renderApprovalPage(view: ApprovalView, form: FilledForm = UNTOUCHED): string {
  const name = plainLine(view.leaver.displayName);
  const [leaver, account, asked] = factSections(view).map(factsMarkup);
  return renderPage({
    title: `${form.errors.length > 0 ? 'Error: ' : ''}Decide: LastPass account of ${name}`,
    heading: html`Decide about the LastPass account of ${nameMarkup(name)}`,
    main: html`${errorSummaryMarkup(form.errors)}
${noteMarkup('good', disabledInWords(view), stateOfThings(view))}
${warningsAbout(view).map(({ lead, advice }) => noteMarkup('warn', lead, advice))}
<p><a href="#decision">Go straight to the choices</a></p>
${leaver}
${account}
<section><h2>Worth knowing before you decide</h2>${listMarkup(WORTH_KNOWING)}</section>
${contractMarkup(view)}
${decisionFormMarkup(view, form)}
${asked}`,
    footer: 'Opening this page changes nothing. It holds no script and loads nothing from elsewhere.',
  });
}

function stateOfThings(view: ApprovalView): string {
  return `LastPass lists it as disabled and nobody can log in. If nobody decides before ${momentInWords(view.expiresAt, view.timeZone)}, it stays so: silence never deletes.`;
}

function contractMarkup(view: ApprovalView): Markup {
  const { text, isWarning } = contractNotice(view.contract);
  return isWarning ? noteMarkup('bad', 'Check the effects first', text) : html`<p class="soft">${text}</p>`;
}
