import { html } from 'hono/html';
import type { Markup } from '../markup.ts';
import type { ApprovalView } from '../text/approval-view.ts';
import { possibleSeconds, proposalFacts, requireProposal } from '../text/format-approvals.ts';
import { formatDuration, formatTime, zoneShownTo } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { factsMarkup, listMarkup, nameMarkup, noteMarkup, renderPage } from './page-layout.ts';

/**
 * What whoever gave the first of two approvals sees next: that nothing is decided yet, and who can complete it.
 * @throws TypeError when no approval is on record.
 */
export function renderProposedPage(asked: ApprovalView): string {
  const view = requireProposal(asked);
  const name = plainLine(view.leaver.displayName);
  return renderPage({
    title: `First approval recorded: LastPass account of ${name}`,
    heading: html`The LastPass account of ${nameMarkup(name)}: the first of two approvals is recorded`,
    main: html`${noteMarkup('plain', `You chose: ${view.proposal.effect.label}`, 'Nothing is decided yet. The account stays disabled meanwhile.')}
<section><h2>What happens next</h2>${listMarkup(formatNext(view))}</section>
${secondsMarkup(view)}
${factsMarkup({ title: 'Your approval', facts: proposalFacts(view) })}
<p><a href="">Open the question again</a>, for instance to choose otherwise as long as nobody has agreed.</p>`,
    footer: 'The approval is recorded. Reloading or leaving this page changes nothing.',
  });
}

function formatNext(view: ApprovalView): readonly string[] {
  const end = formatTime(view.expiresAt, zoneShownTo(view));
  const hold =
    view.holdSeconds > 0
      ? `, and it waits ${formatDuration(view.holdSeconds)} before it is carried out, in which it can be taken back`
      : '';
  return [
    'The others who were asked are told what you chose and why.',
    `If a second approver in another role chooses the same, that is the decision${hold}.`,
    'If the second one chooses otherwise, nothing is decided and the question returns to everybody.',
    `If there is no second approval before ${end}, the account stays disabled: silence never deletes.`,
  ];
}

function secondsMarkup(view: ApprovalView): Markup {
  const seconds = possibleSeconds(view);
  if (seconds.length === 0) {
    return noteMarkup(
      'warn',
      'Nobody else who was asked has another role than yours.',
      'So nobody of them can give the second approval. Choose otherwise, or ask the operators of the offboarding for an approver in another role.',
    );
  }
  return html`<section><h2>Who can give the second approval</h2>
<ul>${seconds.map((person) => html`<li>${nameMarkup(person)}</li>`)}</ul></section>`;
}
