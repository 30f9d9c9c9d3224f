import { html } from 'hono/html';
import type { Markup } from '../markup.ts';
import type { ApprovalView } from '../text/approval-view.ts';
import { formatConsequences, hasProposal, proposalFacts, resolveIntent } from '../text/format-approvals.ts';
import { factListMarkup, listMarkup } from './page-layout.ts';

/** First on the page once somebody has chosen: what, why and when, and what the reader's choice would make of it. */
export function proposalPanelMarkup(view: ApprovalView): Markup | undefined {
  if (!hasProposal(view)) return undefined;
  return html`<section class="proposal" aria-labelledby="proposal-title">
<h2 id="proposal-title">${TITLES[resolveIntent(view)]}</h2>
${factListMarkup(proposalFacts(view))}
<h3>What your choice does now</h3>
${listMarkup(formatConsequences(view))}
</section>`;
}

const TITLES = {
  proposer: 'You gave the first of two approvals',
  'named by HR': 'The first of two approvals is on record',
  'same role': 'The first of two approvals is on record',
  'other role': 'The first of two approvals is on record: yours can be the second',
} as const;
