import { plainLine } from '../text/plain-text.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail } from './mail-blocks.ts';
import { type LinkedView, questionBlocks } from './question-blocks.ts';

/** The question to one approver: the same facts and effects as the page, and the one link that leads there. */
export function composeApprovalMail(view: LinkedView): ComposedMail {
  return composeMail(`Decide: LastPass account of ${nameInSubject(view.leaver)} (disabled)`, [
    {
      kind: 'paragraph',
      text: `${plainLine(view.leaver.displayName)} has left. You are asked what should become of their LastPass account.`,
    },
    ...questionBlocks(view),
  ]);
}
