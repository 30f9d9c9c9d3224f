import { styleText } from 'node:util';
import { z } from 'zod';
import { readHrEvent } from '../lambdas/domain/hr-event.ts';
import type { EngineEvent } from './step-functions/execution.ts';

const COLUMN = 18;
const routeSchema = z.object({ route: z.string(), runBy: z.string().optional() });
const waitSchema = z.object({ waitUntil: z.string().optional(), holdUntil: z.string().optional() });

/** What no timeline tells: waits, tries that failed, events that never became a case. */
export function aside(event: EngineEvent, report: unknown): readonly string[] {
  switch (event.kind) {
    case 'failed':
      return [line(event.at, event.state, `failed: ${event.error}`, 'yellow')];
    case 'caught':
      return [line(event.at, event.state, `gave up; next: ${event.next}`, 'red')];
    case 'ended':
      return event.status === 'SUCCEEDED'
        ? []
        : [line(event.at, 'Execution', [event.status, event.error].join(' ').trim(), 'red')];
    case 'entered':
      return waiting(event);
    case 'exited':
      return leaving(event, report);
    default:
      return [];
  }
}

function leaving({ at, state, output }: Extract<EngineEvent, { kind: 'exited' }>, report: unknown): readonly string[] {
  if (state === 'Seal evidence') return [line(at, state, 'evidence sealed')];
  if (state === 'Announce outcome') return [line(at, state, 'everybody concerned has been told how it ended')];
  if (state !== 'Open case') return [];
  const { route, runBy = '' } = routeSchema.parse(output);
  if (route === 'duplicate') {
    const other = runBy.slice(runBy.lastIndexOf(':') + 1);
    return [line(at, state, `duplicate: this case belongs to execution ${other}`, 'yellow')];
  }
  return route === 'parked' ? parked(at, state, report) : [];
}

/** An event that cannot be handled, with the reasons that are kept with it. */
function parked(at: number, state: string, report: unknown): readonly string[] {
  const reading = readHrEvent(report, { now: new Date(at) });
  const faults = reading.ok ? [] : reading.faults;
  return [
    line(at, state, 'event parked, because it cannot be handled as it is:', 'red'),
    ...faults.map(({ field, problem, remedy }) => `${' '.repeat(COLUMN + 11)}${field} ${problem}; ${remedy}`),
  ];
}

function waiting(event: Extract<EngineEvent, { kind: 'entered' }>): readonly string[] {
  const { waitUntil, holdUntil } = waitSchema.safeParse(event.input).data ?? {};
  if (event.state === 'Hold')
    return [
      line(event.at, event.state, `waits until ${inWords(holdUntil, event.at)}, for this effect cannot be undone`),
    ];
  const isAhead = waitUntil !== undefined && Date.parse(waitUntil) > event.at;
  return event.state === 'Wait for last working moment' && isAhead
    ? [line(event.at, 'Wait', `until the last working moment, ${inWords(waitUntil, event.at)}`)]
    : [];
}

/** The time of day of a moment; before it the date, unless that is today's. */
function inWords(moment: string | undefined, at: number): string {
  const [date = '', time = ''] = (moment ?? '').split('T');
  return `${date === new Date(at).toISOString().slice(0, 10) ? '' : `${date} `}${time.slice(0, 8)}`;
}

/** One line of the story: when, which step, what. */
export function line(at: number, step: string, text: string, colour?: 'yellow' | 'red'): string {
  const time = styleText('dim', new Date(at).toISOString().slice(11, 19));
  return `${time}  ${styleText('bold', step.padEnd(COLUMN))} ${colour ? styleText(colour, text) : text}`;
}
