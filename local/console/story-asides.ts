import { z } from 'zod';
import type { EventFault } from '../../lambdas/domain/hr-events/hr-event.ts';
import { ROUTES } from '../../lambdas/domain/route.ts';
import type { EngineEvent } from '../aws/step-functions/execution.ts';
import { notificationLines, translationLines } from './notification-asides.ts';
import { below, line } from './story-line.ts';

const routeSchema = z.object({
  route: z.enum(ROUTES['Open case']).optional().catch(undefined),
  runBy: z.string().optional(),
  parkedId: z.string().optional(),
});
const waitSchema = z.object({ waitUntil: z.string().optional(), holdUntil: z.string().optional() });

/** States that can find an event to be one for a person. */
const JUDGING = ['Open case', 'Translate notification', 'Park notification'];

type FaultsOf = (parkedId: string) => Promise<readonly EventFault[]>;

/** What no timeline tells: waits, tries that failed, events that never became a case. */
export async function aside(event: EngineEvent, faultsOf: FaultsOf): Promise<readonly string[]> {
  switch (event.kind) {
    case 'started':
      return notificationLines(event.at, event.input);
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
      return leaving(event, faultsOf);
    default:
      return [];
  }
}

async function leaving(
  { at, state, output }: Extract<EngineEvent, { kind: 'exited' }>,
  faultsOf: FaultsOf,
): Promise<readonly string[]> {
  if (state === 'Seal evidence') return [line(at, state, 'evidence sealed')];
  if (state === 'Announce outcome') return [line(at, state, 'everybody concerned has been told how it ended')];
  if (!JUDGING.includes(state)) return [];
  const { route, runBy = '', parkedId } = routeSchema.safeParse(output).data ?? {};
  if (state === 'Open case' && route === 'duplicate') {
    const other = runBy.slice(runBy.lastIndexOf(':') + 1);
    return [line(at, state, `duplicate: this case belongs to execution ${other}`, 'yellow')];
  }
  if (route === 'early cancellation')
    return [line(at, state, 'nothing to take back so far; kept for when it is reported')];
  const translated = state === 'Translate notification' ? translationLines(at, output) : [];
  return parkedId === undefined ? translated : [...translated, ...parkedLines({ at, state }, await faultsOf(parkedId))];
}

/** An event that cannot be handled, with the reasons that are kept with it. */
function parkedLines({ at, state }: { at: number; state: string }, faults: readonly EventFault[]): readonly string[] {
  return [
    line(at, state, 'event parked, because it cannot be handled as it is:', 'red'),
    ...faults.map(({ field, problem, remedy }) => below(`${field} ${problem}; ${remedy}`)),
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
    ? [line(event.at, event.state, `until the last working moment, ${inWords(waitUntil, event.at)}`)]
    : [];
}

/** The time of day of a moment; before it the date, unless that is today's. */
function inWords(moment: string | undefined, at: number): string {
  const [date = '', time = ''] = (moment ?? '').split('T');
  return `${date === new Date(at).toISOString().slice(0, 10) ? '' : `${date} `}${time.slice(0, 8)}`;
}
