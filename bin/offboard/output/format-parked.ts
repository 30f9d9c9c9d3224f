import type { Candidate, ParkedRecord, Settlement } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import type { Fact } from '../../../lambdas/presentation/text/case-facts.ts';
import { formatTime } from '../../../lambdas/presentation/text/format-time.ts';
import { plainLine } from '../../../lambdas/presentation/text/plain-text.ts';
import { eventSchema } from '../events/corrected-event.ts';
import { withOpenBody } from '../events/notification-body.ts';
import { factLines, heading } from './output.ts';
import { parkedKind } from './parked-kind.ts';

/** A parked event as lines for a terminal. What it holds about people is shown only when asked for. */
export function formatParked(record: ParkedRecord, isPayloadShown: boolean): string[] {
  const { parkedId, status, parkedAt, timesParked, faults, executionArn, settlements } = record;
  const { source, detailType } = parkedKind(record);
  const facts: Fact[] = [
    { label: 'Source', lines: [source] },
    { label: 'Kind', lines: [detailType] },
    { label: 'Parked', lines: [`${formatTime(parkedAt, 'UTC')}${timesParked > 1 ? `, ${timesParked} times` : ''}`] },
    { label: 'Execution', lines: [executionArn] },
    ...settlements.map(settlementFact),
  ];
  return [
    `${heading(parkedId)}  ${status}`,
    '',
    ...factLines(facts.map(harmless)),
    '',
    heading('What is wrong'),
    ...faults.flatMap(({ field, problem, remedy }) =>
      factLines([harmless({ label: '', lines: [`${field} ${problem}`, `→ ${remedy}`] })]),
    ),
    ...candidateLines(record.candidates ?? []),
    ...(isPayloadShown ? ['', heading('Event'), jsonText(readableEvent(record.event), { isIndented: true })] : []),
  ];
}

/** A webhook's body as JSON rather than as a text of JSON, for whoever is to correct it. */
function readableEvent(event: unknown): unknown {
  const whole = eventSchema.safeParse(event);
  return whole.success ? withOpenBody(whole.data) : event;
}

/** For the person who must choose whom HR means; each has its own reason. */
function candidateLines(candidates: readonly Candidate[]): string[] {
  if (candidates.length === 0) return [];
  const lines = candidates.flatMap(({ username, fullName, why }) =>
    factLines([harmless({ label: '', lines: [`${username} (${fullName}): ${why}`] })]),
  );
  return ['', heading('Who may be meant'), ...lines];
}

function settlementFact({ as, at, by, reason, corrected }: Settlement): Fact {
  const label = `${as.charAt(0).toUpperCase()}${as.slice(1)}`;
  return {
    label,
    lines: [
      `${formatTime(at, 'UTC')} by ${by}`,
      ...(reason ? [`reason: ${reason}`] : []),
      ...(corrected.length > 0 ? [`corrected: ${corrected.join(', ')}`] : []),
    ],
  };
}

/** Names of fields and sources come from elsewhere; a terminal must not obey them. */
function harmless({ label, lines }: Fact): Fact {
  return { label, lines: lines.map(plainLine) };
}
