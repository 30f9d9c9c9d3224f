import type { Outcome } from '../domain/outcome.ts';
import { composeMail, LONGEST_NAME_IN_SUBJECT } from './compose-mail.ts';
import { decisionFacts, type ToldCase } from './decision-facts.ts';
import type { ComposedMail, MailBlock } from './mail-blocks.ts';
import { outcomeInWords } from './outcome-in-words.ts';
import { plainLine, plainLines, shortLine } from './plain-text.ts';

/** How a case ended, for everyone who was asked or, when nobody was, for everyone who would have been. */
export interface OutcomeMailView extends ToldCase {
  readonly outcome: Outcome;
  /** The sealed record: with its hash in the mail, a mailbox is a witness that the record was not exchanged. */
  readonly evidence?: { readonly key: string; readonly sha256: string } | undefined;
}

/** The news of how a case ended: what LastPass showed, who decided, what is left to do. It holds no link. */
export function composeOutcomeMail(view: OutcomeMailView): ComposedMail {
  const { outcome, decision } = view;
  const { title, tone, proof, next } = outcomeInWords(outcome, view.timeZone);
  const name = shortLine(view.leaver.displayName, LONGEST_NAME_IN_SUBJECT);
  return composeMail(`${subjectOf(view, title)} (LastPass account of ${name})`, [
    { kind: 'note', tone, lead: title, text: plainLine(outcome.summary) },
    ...titled('What to do now', next.length > 0 && { kind: 'list', items: next }),
    ...titled('The case', { kind: 'facts', facts: decisionFacts(view) }),
    ...titled('Reason given', decision?.reason && { kind: 'quote', lines: plainLines(decision.reason) }),
    ...titled('Proof', proof.length > 0 && { kind: 'facts', facts: proof }),
    ...titled('Sealed evidence', view.evidence && { kind: 'facts', facts: evidenceFacts(view.evidence) }),
  ]);
}

/** The state of the account comes first in a list of mails; a choice that was carried out is named by its effect. */
function subjectOf({ outcome, decision }: OutcomeMailView, title: string): string {
  return outcome.kind === 'carried-out' && decision ? `Done: ${decision.effect.label}` : title;
}

function titled(title: string, block: MailBlock | false | '' | undefined): readonly MailBlock[] {
  return block ? [{ kind: 'heading', text: title }, block] : [];
}

function evidenceFacts({ key, sha256 }: NonNullable<OutcomeMailView['evidence']>) {
  return [
    { label: 'Record', lines: [key] },
    { label: 'SHA-256', lines: [sha256] },
  ];
}
