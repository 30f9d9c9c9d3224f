import type { ApprovalView } from '../text/approval-view.ts';
import { factSections, formatDisabled, formatSilence } from '../text/case-facts.ts';
import { contractNotice, formatProof, formatReversibility, WORTH_KNOWING, warningsAbout } from '../text/cautions.ts';
import { formatApprovals, formatConsequences, hasProposal, proposalFacts } from '../text/format-approvals.ts';
import { formatDuration } from '../text/format-time.ts';
import type { MailBlock } from './mail-blocks.ts';

export type LinkedView = ApprovalView & { readonly link: string };

/** The question as every mail that asks it puts it: the state, the warnings, the one link, the facts, the choices. */
export function questionBlocks(view: LinkedView): readonly MailBlock[] {
  return [
    { kind: 'note', tone: 'good', lead: formatDisabled(view), text: formatSilence(view) },
    ...proposalBlocks(view),
    ...warningsAbout(view).map(
      ({ lead, advice, items }) => ({ kind: 'note', tone: 'warn', lead, text: advice, items }) as const,
    ),
    ...linkBlocks(view.link),
    ...factSections(view).flatMap(({ title, facts }): readonly MailBlock[] => [
      { kind: 'heading', text: title },
      { kind: 'facts', facts },
    ]),
    ...choiceBlocks(view),
    { kind: 'heading', text: 'Worth knowing before you decide' },
    { kind: 'list', items: WORTH_KNOWING },
  ];
}

/** The first of two approvals, where there is one: who, what, why, and what the reader's choice makes of it. */
function proposalBlocks(view: ApprovalView): readonly MailBlock[] {
  if (!hasProposal(view)) return [];
  return [
    { kind: 'heading', text: 'The first of two approvals' },
    { kind: 'facts', facts: proposalFacts(view) },
    { kind: 'list', items: formatConsequences(view) },
  ];
}

function linkBlocks(url: string): readonly MailBlock[] {
  return [
    { kind: 'link', label: 'Open the page and decide', url },
    {
      kind: 'paragraph',
      text: 'Opening the link decides nothing: it shows a page, and only sending the form there decides. The link is yours alone, so do not forward this mail.',
    },
  ];
}

function choiceBlocks(view: ApprovalView): readonly MailBlock[] {
  const { text, isWarning } = contractNotice(view.contract);
  const items = view.effects.map((effect) => {
    const approvals = formatApprovals(effect, view);
    return `${effect.label} (${formatReversibility(effect)}). ${effect.meaning} ${approvals ? `${approvals} ` : ''}Proof afterwards: ${formatProof(effect.proof)}`;
  });
  return [
    { kind: 'heading', text: 'The choices on the page' },
    isWarning ? { kind: 'note', tone: 'bad', lead: 'Check the effects first', text } : { kind: 'paragraph', text },
    { kind: 'list', items },
    { kind: 'paragraph', text: formatNeeds(view) },
  ];
}

function formatNeeds({ holdSeconds }: ApprovalView): string {
  const needs =
    'A choice that cannot be undone needs the leaver’s work address typed, a reason, your word that what must be kept of the vault has been transferred, and a second proof that it is you.';
  if (holdSeconds <= 0) return needs;
  return `${needs} It waits ${formatDuration(holdSeconds)} before it is carried out, and can be taken back for as long.`;
}
