import type { Leaver, RecordedDecision } from './approval-view.ts';
import type { Fact } from './case-facts.ts';
import { reversibilityInWords } from './cautions.ts';
import { momentLines } from './moment-in-words.ts';
import { plainLine } from './plain-text.ts';

/** A case as it is told of afterwards; a case may end with no decision. */
export interface ToldCase {
  readonly caseId: string;
  readonly leaver: Leaver;
  readonly timeZone: string;
  readonly decision?: RecordedDecision | undefined;
}

/** Whose account it was and who decided what and when, for the used link and the mail about the outcome. */
export function decisionFacts({ caseId, leaver, timeZone, decision }: ToldCase): readonly Fact[] {
  return [
    { label: 'Account', lines: [plainLine(leaver.displayName), plainLine(leaver.workEmail)] },
    ...(decision
      ? [
          { label: 'Decision', lines: [decision.effect.label, reversibilityInWords(decision.effect)] },
          { label: 'Decided by', lines: [plainLine(`${decision.approver.displayName}, ${decision.approver.role}`)] },
          { label: 'Decided at', lines: momentLines(decision.decidedAt, timeZone) },
        ]
      : []),
    { label: 'Case', lines: [plainLine(caseId)] },
  ];
}
