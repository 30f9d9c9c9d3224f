import { html } from 'hono/html';
import type { Brake } from '../../domain/brake/pause.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Markup } from '../markup.ts';
import type { RecordedDecision } from '../text/approval-view.ts';
import { deciderNames, decisionFacts, reasonsOf, type ToldCase } from '../text/decision-facts.ts';
import { formatOutcome } from '../text/format-outcome.ts';
import { formatPause } from '../text/format-pause.ts';
import { formatTime } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { factsMarkup, listMarkup, nameMarkup, noteMarkup, quoteMarkup, renderPage } from './page-layout.ts';
import { type UndoOffer, undoFormMarkup } from './undo-form.ts';

/** A case that was decided, as everyone who was asked sees it behind their own link. */
interface DecidedView extends ToldCase {
  readonly decision: RecordedDecision;
  /** Whether the link that was opened belongs to the person who decided. */
  readonly decidedByYou: boolean;
  /** End of the wait before an irreversible effect; ISO 8601. */
  readonly holdUntil?: string | undefined;
  /** Whether what cannot be undone is paused for everybody, so that it waits longer than its hold. */
  readonly brake?: Brake | undefined;
  /** The way back; present only while there is one. */
  readonly undo?: UndoOffer | undefined;
  /** The reader has just tried to take the decision back, and something else came first. */
  readonly isUndoTooLate?: boolean | undefined;
  /** How the case ended; absent while the decision is still being carried out. */
  readonly outcome?: Outcome | undefined;
}

/** What a used link shows: who decided what and when, in the words recorded then, and what happens next. */
export function renderDecidedPage(view: DecidedView): string {
  const { decision, outcome } = view;
  const name = plainLine(view.leaver.displayName);
  // What no longer holds must not be read first.
  const isUndone = outcome?.kind === 'undone';
  return renderPage({
    title: `${isUndone ? 'Taken back' : 'Decided'}: LastPass account of ${name}`,
    heading: html`The LastPass account of ${nameMarkup(name)}: ${isUndone ? 'decision taken back' : 'decided'}`,
    main: html`${view.isUndoTooLate && noteMarkup('bad', 'It was too late to take the decision back.', 'The case had moved on already: this page shows where it stands.')}
${isUndone ? html`${nextMarkup(view)}${decidedMarkup(view)}` : html`${decidedMarkup(view)}${nextMarkup(view)}`}
${view.undo && undoFormMarkup(view.undo, view.timeZone)}
${factsMarkup({ title: 'The decision', facts: decisionFacts(view) })}
${reasonsMarkup(decision)}`,
    footer: view.undo ? FOOTER_WITH_UNDO : 'This page only tells what was decided: opening it changes nothing.',
  });
}

const FOOTER_WITH_UNDO = 'Opening this page changes nothing: only the button takes the decision back.';

function decidedMarkup(view: DecidedView): Markup {
  const { effect } = view.decision;
  const lead = `${decidersOf(view)} ${view.outcome?.kind === 'undone' ? 'had decided' : 'decided'}: ${effect.label}`;
  return noteMarkup('plain', lead, `What that does: ${effect.meaning}`);
}

function decidersOf({ decision, decidedByYou }: DecidedView): string {
  const names = deciderNames(decision);
  return decidedByYou && names.length === 1 ? 'You' : names.join(' and ');
}

function nextMarkup({ outcome, holdUntil, brake, timeZone }: DecidedView): Markup {
  if (outcome === undefined)
    return html`${holdUntil !== undefined && pausedMarkup(brake, timeZone)}
<section><h2>What happens next</h2><p>${formatWaiting(holdUntil, timeZone)}</p></section>`;
  const { title, tone, proof, next } = formatOutcome(outcome, timeZone);
  return html`${noteMarkup(tone, title, plainLine(outcome.summary))}
${proof.length > 0 && factsMarkup({ title: 'Proof', facts: proof })}
${next.length > 0 && html`<section><h2>What to do now</h2>${listMarkup(next)}</section>`}`;
}

function pausedMarkup(brake: Brake | undefined, timeZone: string): Markup | undefined {
  if (!brake || brake.kind === 'off') return undefined;
  const rest = `${formatPause(brake, timeZone)} The decision stands and waits, also after its hold, until two approvers have confirmed that it resumes; as long it can be taken back.`;
  return noteMarkup('warn', 'Removing and deleting accounts is paused for everybody.', rest);
}

function formatWaiting(holdUntil: string | undefined, timeZone: string): string {
  const proof = 'It counts as carried out only when LastPass itself shows it. Open this link again to see.';
  if (holdUntil === undefined) return `The decision is being carried out. ${proof}`;
  return `Because it cannot be undone once it is carried out, the decision waits until ${formatTime(holdUntil, timeZone)}. The account stays disabled meanwhile. ${proof}`;
}

function reasonsMarkup(decision: RecordedDecision): Markup | undefined {
  const reasons = reasonsOf(decision);
  if (reasons.length === 0) return undefined;
  return html`<section><h2>${reasons.length === 1 ? 'Reason given' : 'Reasons given'}</h2>
${reasons.map(({ by, lines }) => html`${by && html`<p>${nameMarkup(by)}:</p>`}${quoteMarkup(lines)}`)}</section>`;
}
