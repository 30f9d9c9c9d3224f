import { type CurrentIntent, requireProposal, resolveIntent } from '../text/format-approvals.ts';
import { plainLine } from '../text/plain-text.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail } from './mail-blocks.ts';
import { type LinkedView, questionBlocks } from './question-blocks.ts';

/**
 * Tells the others that the first of two approvals is on record: what was chosen and why, and whether the reader can
 * give the second.
 * @throws TypeError when no approval is on record.
 */
export function composeProposalMail(asked: LinkedView): ComposedMail {
  const view = { ...asked, ...requireProposal(asked) };
  const { effect, approver } = view.proposal;
  const standing = resolveIntent(view);
  return composeMail(`${SUBJECTS[standing]}: ${effect.label} (LastPass account of ${nameInSubject(view.leaver)})`, [
    {
      kind: 'paragraph',
      text: `${plainLine(approver.displayName)} chose “${effect.label}” for the LastPass account of ${plainLine(view.leaver.displayName)}. ${ASKS[standing]}`,
    },
    ...questionBlocks(view),
  ]);
}

const SUBJECTS: Record<CurrentIntent, string> = {
  'other role': 'Second approval wanted',
  'named by HR': 'First approval recorded',
  'same role': 'First approval recorded',
  proposer: 'First approval recorded',
};

const ASKS: Record<CurrentIntent, string> = {
  'other role':
    'That needs two approvals, and you can give the second: nothing is decided until somebody in another role chooses the same.',
  'named by HR':
    'That needs two approvals of people whom the company has configured. Only HR’s report names you, so the second one is not yours to give, but you can still choose what can be undone.',
  'same role':
    'That needs two approvals in different roles. You have the same role, so the second one is not yours to give, but you can still choose otherwise.',
  proposer: 'That needs two approvals: nothing is decided until somebody in another role chooses the same.',
};
