import { formatTime, zoneShownTo } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail } from './mail-blocks.ts';
import { type LinkedView, questionBlocks } from './question-blocks.ts';

type ReminderMailView = LinkedView & {
  /** Which reminder this is, from 1; 0 when the reader is asked for the first time. */
  readonly nth: number;
  /** The reader is a fallback approver, asked because the others kept silent. */
  readonly isEscalation: boolean;
};

/** The same question again, or for the first time to somebody else because nobody has answered it. */
export function composeReminderMail(view: ReminderMailView): ComposedMail {
  const name = plainLine(view.leaver.displayName);
  const end = formatTime(view.expiresAt, zoneShownTo(view));
  return composeMail(subjectOf(view), [
    {
      kind: 'paragraph',
      text: `${name} has left, and nobody has decided yet what should become of their LastPass account. Somebody can until ${end}.`,
    },
    ...(view.isEscalation ? [BECAUSE_OTHERS_KEPT_SILENT] : []),
    ...questionBlocks(view),
  ]);
}

const BECAUSE_OTHERS_KEPT_SILENT = {
  kind: 'paragraph',
  text: 'You are asked because others kept silent. They can still decide too: the first decision counts.',
} as const;

function subjectOf({ nth, isEscalation, leaver }: ReminderMailView): string {
  const account = `LastPass account of ${nameInSubject(leaver)} (disabled)`;
  if (nth > 0) return `Reminder ${nth}: decide about the ${account}`;
  return isEscalation ? `Decide, because others kept silent: ${account}` : `Decide: ${account}`;
}
