import { type ConfirmationView, confirmationFacts, formatUnconfirmed } from '../text/confirmation-view.ts';
import { formatTime } from '../text/format-time.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail } from './mail-blocks.ts';

/**
 * The mail with the code. It holds no link, so that it cannot be followed anywhere, and the subject holds no code,
 * because subjects are shown on locked screens.
 */
export function composeCodeMail(
  view: ConfirmationView & { readonly code: string; readonly expiresAt: string },
): ComposedMail {
  const about = view.leaver ? ` (LastPass account of ${nameInSubject(view.leaver)})` : '';
  const { title, facts } = confirmationFacts(view);
  return composeMail(`Your code to confirm: ${view.effect.label}${about}`, [
    {
      kind: 'paragraph',
      text: 'Enter this code on the page that asks for it. It confirms the decision below and no other.',
    },
    {
      kind: 'facts',
      facts: [
        { label: 'Code', lines: [view.code] },
        { label: 'Valid until', lines: [formatTime(view.expiresAt, view.timeZone)] },
      ],
    },
    { kind: 'heading', text: title },
    { kind: 'facts', facts },
    {
      kind: 'note',
      tone: 'bad',
      lead: 'You did not ask for this?',
      text: `Then somebody else has your approval link. Give the code to nobody, whoever asks, and tell your security team. Without the code ${formatUnconfirmed(view)}.`,
    },
  ]);
}
