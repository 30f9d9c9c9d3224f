import type { Effect } from '../../domain/effect.ts';
import type { Leaver } from './approval-view.ts';
import type { FactSection } from './case-facts.ts';
import { formatReversibility } from './cautions.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** What is being confirmed, as the pages and the mail show it again. */
export interface ConfirmationView {
  /** Absent where what is confirmed is about everybody's. */
  readonly leaver?: Leaver | undefined;
  readonly effect: Pick<Effect, 'label' | 'meaning' | 'isReversible'>;
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
      ...(leaver ? [{ label: 'Account', lines: [plainLine(leaver.displayName), plainLine(leaver.workEmail)] }] : []),
      { label: 'Decision', lines: leaver ? [effect.label, formatReversibility(effect)] : [effect.label] },
      { label: 'What that does', lines: [effect.meaning] },
      ...(reason ? [{ label: 'Your reason', lines: plainLines(reason) }] : []),
      ...(acknowledgedFolders.length > 0
        ? [{ label: 'Folders left without an administrator', lines: acknowledgedFolders.map(plainLine) }]
        : []),
    ],
  };
}

/** What is so as long as nothing is confirmed. */
export function formatUnconfirmed({ leaver }: Pick<ConfirmationView, 'leaver'>): string {
  return leaver
    ? 'nothing is decided and the account stays disabled'
    : 'nothing is confirmed and everything stays paused';
}
