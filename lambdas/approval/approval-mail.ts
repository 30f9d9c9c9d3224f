import type { ApprovalView } from './approval-view.ts';
import { disabledInWords, factSections } from './case-facts.ts';
import { contractNotice, proofInWords, reversibilityInWords, WORTH_KNOWING, warningsAbout } from './cautions.ts';
import { composeMail, LONGEST_NAME_IN_SUBJECT } from './compose-mail.ts';
import type { ComposedMail, MailBlock } from './mail-blocks.ts';
import { durationInWords, momentInWords } from './moment-in-words.ts';
import { plainLine, shortLine } from './plain-text.ts';

/** The question to one approver: the same facts and effects as the page, and the one link that leads there. */
export function composeApprovalMail(view: ApprovalView & { readonly link: string }): ComposedMail {
  const name = shortLine(view.leaver.displayName, LONGEST_NAME_IN_SUBJECT);
  return composeMail(`Decide: LastPass account of ${name} (disabled)`, [
    {
      kind: 'paragraph',
      text: `${plainLine(view.leaver.displayName)} has left. You are asked what should become of their LastPass account.`,
    },
    { kind: 'note', tone: 'good', lead: disabledInWords(view), text: silenceInWords(view) },
    ...warningsAbout(view).map(({ lead, advice }) => ({ kind: 'note', tone: 'warn', lead, text: advice }) as const),
    { kind: 'link', label: 'Open the page and decide', url: view.link },
    {
      kind: 'paragraph',
      text: 'Opening the link decides nothing: it shows a page, and only sending the form there decides. The link is yours alone, so do not forward this mail.',
    },
    ...factSections(view).flatMap(({ title, facts }): readonly MailBlock[] => [
      { kind: 'heading', text: title },
      { kind: 'facts', facts },
    ]),
    ...choiceBlocks(view),
    { kind: 'heading', text: 'Worth knowing before you decide' },
    { kind: 'list', items: WORTH_KNOWING },
  ]);
}

function silenceInWords({ expiresAt, timeZone }: ApprovalView): string {
  return `LastPass lists it as disabled and nobody can log in. If nobody decides before ${momentInWords(expiresAt, timeZone)}, it stays so: silence never deletes.`;
}

function choiceBlocks(view: ApprovalView): readonly MailBlock[] {
  const { text, isWarning } = contractNotice(view.contract);
  const items = view.effects.map(
    (effect) =>
      `${effect.label} (${reversibilityInWords(effect)}). ${effect.meaning} Proof afterwards: ${proofInWords(effect.proof)}`,
  );
  return [
    { kind: 'heading', text: 'The choices on the page' },
    isWarning ? { kind: 'note', tone: 'bad', lead: 'Check the effects first', text } : { kind: 'paragraph', text },
    { kind: 'list', items },
    { kind: 'paragraph', text: needsInWords(view.holdSeconds) },
  ];
}

function needsInWords(holdSeconds: number): string {
  const needs = 'A choice that cannot be undone needs the leaver’s work address typed and a reason.';
  return holdSeconds > 0 ? `${needs} It waits ${durationInWords(holdSeconds)} before it is carried out.` : needs;
}
