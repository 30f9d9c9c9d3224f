import type { Effect } from '../../domain/effect.ts';
import type { Leaver } from './approval-view.ts';
import type { FactSection } from './case-facts.ts';
import { formatReversibility } from './cautions.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** What is being confirmed, as the pages and the mail show it again. */
export interface ConfirmationView {
  readonly leaver: Leaver;
  readonly effect: Effect;
  readonly reason?: string | undefined;
  readonly acknowledgedFolders: readonly string[];
  readonly approver: { readonly displayName: string; readonly email: string };
  /** IANA zone in which moments are told. */
  readonly timeZone: string;
}

/** The same facts for the pages and both parts of the mail. */
export function confirmationFacts(view: ConfirmationView): FactSection {
  const { leaver, effect, reason, acknowledgedFolders } = view;
  return {
    title: 'What you confirm',
    facts: [
      { label: 'Account', lines: [plainLine(leaver.displayName), plainLine(leaver.workEmail)] },
      { label: 'Decision', lines: [effect.label, formatReversibility(effect)] },
      { label: 'What that does', lines: [effect.meaning] },
      ...(reason ? [{ label: 'Your reason', lines: plainLines(reason) }] : []),
      ...(acknowledgedFolders.length > 0
        ? [{ label: 'Folders left without an administrator', lines: acknowledgedFolders.map(plainLine) }]
        : []),
    ],
  };
}
