import type { TimelineEntry } from '../../../lambdas/domain/timeline.ts';
import { plainLine } from '../../../lambdas/presentation/text/plain-text.ts';
import { wrap } from './output.ts';

const TIME_WIDTH = 21;
const TEXT_WIDTH = 100 - TIME_WIDTH;
const INDENT = '  ';

/** What happened to a case, oldest first: when, which step, what, and below it the facts that were recorded. */
export function timelineLines(timeline: readonly TimelineEntry[]): string[] {
  return timeline.flatMap(({ at, step, what, facts }) => {
    const time = at.slice(0, 19).replace('T', ' ').padEnd(TIME_WIDTH);
    const recorded = Object.entries(facts ?? {}).map(([name, value]) => `${name}: ${plainLine(String(value))}`);
    const below = recorded.flatMap((fact) => wrap(fact, TEXT_WIDTH - INDENT.length));
    return [
      `${time}${plainLine(step)}: ${plainLine(what)}`,
      ...below.map((line) => `${''.padEnd(TIME_WIDTH)}${INDENT}${line}`),
    ];
  });
}
