import type { CaseIn } from '../../domain/offboarding-case.ts';
import type { ToldCase } from './decision-facts.ts';

/** Who took this case's decision back, when and why, if anybody did. */
export function undoneBy(
  finished: Pick<CaseIn<'finished'>, 'decision' | 'takenBack' | 'timeline'>,
): ToldCase['undone'] {
  const { decision, takenBack, timeline } = finished;
  const onRecord = takenBack?.findLast(({ decisionId }) => decisionId === decision?.decisionId);
  if (onRecord) return onRecord;
  // Older cases say it in their timeline only.
  const entry = timeline.findLast(({ code }) => code === 'decision-undone');
  if (!entry) return undefined;
  const { by, reason } = entry.facts ?? {};
  return { by: String(by), at: entry.at, ...(reason !== undefined && { reason: String(reason) }) };
}
