import { html } from 'hono/html';
import type { Outcome } from '../domain/outcome.ts';
import type { Leaver, RecordedDecision } from './approval-view.ts';
import { decisionFacts } from './decision-facts.ts';
import type { Markup } from './markup.ts';
import { momentInWords } from './moment-in-words.ts';
import { outcomeInWords } from './outcome-in-words.ts';
import { factsMarkup, listMarkup, nameMarkup, noteMarkup, quoteMarkup, renderPage } from './page-layout.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** A case that somebody has decided, as everyone who was asked sees it behind their own link. */
export interface DecidedView {
  readonly caseId: string;
  readonly leaver: Leaver;
  readonly timeZone: string;
  readonly decision: RecordedDecision;
  /** Whether the link that was opened belongs to the person who decided. */
  readonly decidedByYou: boolean;
  /** End of the wait before an irreversible effect; ISO 8601. */
  readonly holdUntil?: string | undefined;
  /** How the case ended; absent while the decision is still being carried out. */
  readonly outcome?: Outcome | undefined;
}

/** What a used link shows: who decided what and when, in the words recorded then, and what happens next. */
export function renderDecidedPage(view: DecidedView): string {
  const { decision } = view;
  const name = plainLine(view.leaver.displayName);
  return renderPage({
    title: `Decided: LastPass account of ${name}`,
    heading: html`The LastPass account of ${nameMarkup(name)}: decided`,
    main: html`${noteMarkup('plain', `${deciderOf(view)} decided: ${decision.effect.label}`, `What that does: ${decision.effect.meaning}`)}
${nextMarkup(view)}
${factsMarkup({ title: 'The decision', facts: decisionFacts(view) })}
${decision.reason && html`<section><h2>Reason given</h2>${quoteMarkup(plainLines(decision.reason))}</section>`}`,
    footer: 'The first decision counts. This page only tells of it: it changes nothing.',
  });
}

function deciderOf({ decision, decidedByYou }: DecidedView): string {
  return decidedByYou ? 'You' : plainLine(decision.approver.displayName);
}

function nextMarkup({ outcome, holdUntil, timeZone }: DecidedView): Markup {
  if (outcome === undefined)
    return html`<section><h2>What happens next</h2><p>${waitingInWords(holdUntil, timeZone)}</p></section>`;
  const { title, tone, proof, next } = outcomeInWords(outcome, timeZone);
  return html`${noteMarkup(tone, title, plainLine(outcome.summary))}
${proof.length > 0 && factsMarkup({ title: 'Proof', facts: proof })}
${next.length > 0 && html`<section><h2>What to do now</h2>${listMarkup(next)}</section>`}`;
}

function waitingInWords(holdUntil: string | undefined, timeZone: string): string {
  const proof = 'It counts as carried out only when LastPass itself shows it. Open this link again to see.';
  if (holdUntil === undefined) return `The decision is being carried out. ${proof}`;
  return `Because it cannot be undone, the decision waits until ${momentInWords(holdUntil, timeZone)} before it is carried out. The account stays disabled meanwhile. ${proof}`;
}
