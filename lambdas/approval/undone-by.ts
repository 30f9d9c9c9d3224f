import type { TimelineEntry } from '../domain/timeline.ts';
import type { ToldCase } from './decision-facts.ts';

/** What the timeline says when a decision was taken back during its hold. */
export const DECISION_UNDONE = 'decision undone';

/** Who took a decision back, when and why, if anybody did; the last one where a case was taken up again. */
export function undoneBy(timeline: readonly TimelineEntry[]): ToldCase['undone'] {
  const entry = timeline.findLast(({ what }) => what === DECISION_UNDONE);
  if (!entry) return undefined;
  const { by, reason } = entry.facts ?? {};
  return { by: String(by), at: entry.at, ...(reason !== undefined && { reason: String(reason) }) };
}
