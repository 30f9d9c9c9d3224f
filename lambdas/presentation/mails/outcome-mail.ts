import type { Outcome } from '../../domain/outcome.ts';
import type { RecordedDecision } from '../text/approval-view.ts';
import { decisionFacts, reasonsOf, type ToldCase } from '../text/decision-facts.ts';
import { formatOutcome } from '../text/format-outcome.ts';
import { plainLine } from '../text/plain-text.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail, MailBlock } from './mail-blocks.ts';

/** How a case ended, for everyone who was asked or, when nobody was, for everyone who would have been. */
interface OutcomeMailView extends ToldCase {
  readonly outcome: Outcome;
  /** The sealed record: with its hash in the mail, a mailbox is a witness that the record was not exchanged. */
  readonly evidence?: { readonly key: string; readonly sha256: string } | undefined;
}

/** The news of how a case ended: what LastPass showed, who decided, what is left to do. It holds no link. */
export function composeOutcomeMail(view: OutcomeMailView): ComposedMail {
  const { outcome, decision } = view;
  const { title, tone, proof, next } = formatOutcome(outcome, view.timeZone);
  return composeMail(`${subjectOf(view, title)} (LastPass account of ${nameInSubject(view.leaver)})`, [
    { kind: 'note', tone, lead: title, text: plainLine(outcome.summary) },
    ...titled('What to do now', next.length > 0 && { kind: 'list', items: next }),
    ...titled('The case', { kind: 'facts', facts: decisionFacts(view) }),
    ...(decision ? reasonBlocks(decision) : []),
    ...titled('Proof', proof.length > 0 && { kind: 'facts', facts: proof }),
    ...titled('Sealed evidence', view.evidence && { kind: 'facts', facts: evidenceFacts(view.evidence) }),
  ]);
}

/** The state of the account comes first in a list of mails; a choice that was carried out is named by its effect. */
function subjectOf({ outcome, decision }: OutcomeMailView, title: string): string {
  return outcome.kind === 'carried-out' && decision ? `Done: ${decision.effect.label}` : title;
}

/** One reason under its title, or each of two with its name. */
function reasonBlocks(decision: RecordedDecision): readonly MailBlock[] {
  const reasons = reasonsOf(decision);
  if (reasons.length === 0) return [];
  return [
    { kind: 'heading', text: reasons.length === 1 ? 'Reason given' : 'Reasons given' },
    ...reasons.flatMap(({ by, lines }): readonly MailBlock[] => [
      ...(by === undefined ? [] : [{ kind: 'paragraph', text: `${by}:` } as const]),
      { kind: 'quote', lines },
    ]),
  ];
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
