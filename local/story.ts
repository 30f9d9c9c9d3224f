import { styleText } from 'node:util';
import { z } from 'zod';
import type { CaseStore } from '../lambdas/cases/case-store.ts';
import { readHrEvent } from '../lambdas/domain/hr-event.ts';
import type { TimelineEntry } from '../lambdas/domain/timeline.ts';
import type { EngineEvent } from './step-functions/execution.ts';

export interface StoryDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly print: (line: string) => void;
}

export interface Story {
  /** Tells what follows from an engine event. */
  hear(event: EngineEvent): void;
  /** Tells what is on the case's timeline by now, should no engine event be due yet. */
  catchUp(caseId: string): Promise<void>;
  /** What a case has been through already is not told again. */
  skip(caseId: string): Promise<void>;
  /** Settles when everything heard so far is told. */
  settled(): Promise<void>;
}

const openedSchema = z.object({ caseId: z.string() });
const COLUMN = 18;

/**
 * Tells a run as it happens: what steps write on the case's timeline, and what goes wrong on the way. Lines come one
 * after the other, although events come when they like.
 */
export function createStory(deps: StoryDeps): Story {
  const toldEntries = new Map<string, number>();
  const caseIds = new Map<string, string>();
  const reported = new Map<string, unknown>();
  let toldLast: string | undefined;
  let queue = Promise.resolve();

  async function catchUp(caseId: string): Promise<void> {
    const timeline = (await deps.cases.find(caseId))?.timeline ?? [];
    const told = toldEntries.get(caseId) ?? 0;
    for (const entry of timeline.slice(told)) print(lineOf(entry), caseId);
    toldEntries.set(caseId, Math.max(told, timeline.length));
  }

  async function tell(event: EngineEvent): Promise<void> {
    noteCase(event);
    const caseId = caseIds.get(event.executionArn);
    if (caseId !== undefined) await catchUp(caseId);
    for (const line of aside(event, reported.get(event.executionArn))) print(line, caseId);
  }

  /** Lines of several cases come mixed; a heading says where another one goes on. */
  function print(text: string, caseId: string | undefined): void {
    if (caseId !== undefined && caseId !== toldLast) {
      deps.print(styleText('dim', `${toldLast === undefined ? '' : '\n'}${caseId}`));
      toldLast = caseId;
    }
    deps.print(text);
  }

  function noteCase(event: EngineEvent): void {
    if (event.kind === 'started') reported.set(event.executionArn, event.input);
    if (event.kind === 'ended') reported.delete(event.executionArn);
    const carried = event.kind === 'exited' ? event.output : event.kind === 'entered' ? event.input : undefined;
    const caseId = openedSchema.safeParse(carried).data?.caseId;
    if (caseId !== undefined) caseIds.set(event.executionArn, caseId);
  }

  function enqueue(work: () => Promise<void>): Promise<void> {
    queue = queue.then(work);
    return queue;
  }

  return {
    hear: (event) => void enqueue(() => tell(event)),
    catchUp: (caseId) => enqueue(() => catchUp(caseId)),
    skip: (caseId) =>
      enqueue(async () => void toldEntries.set(caseId, (await deps.cases.find(caseId))?.timeline.length ?? 0)),
    settled: () => queue,
  };
}

const routeSchema = z.object({ route: z.string(), runBy: z.string().optional() });
const waitSchema = z.object({ waitUntil: z.string().optional(), holdUntil: z.string().optional() });

/** What no timeline tells: waits, tries that failed, events that never became a case. */
function aside(event: EngineEvent, report: unknown): readonly string[] {
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
  const reading = readHrEvent(report, new Date(at));
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

function lineOf({ at, step, what, facts }: TimelineEntry): string {
  const detail = Object.entries(facts ?? {})
    .filter(([key]) => TELLING.has(key))
    .map(([, value]) => String(value));
  return line(Date.parse(at), step, detail.length > 0 ? `${what} (${detail.join(', ')})` : what);
}

/** The facts that a reader of the story wants; the others are for the evidence. */
const TELLING = new Set(['proof', 'effect', 'approver', 'error']);

function line(at: number, step: string, text: string, colour?: 'yellow' | 'red'): string {
  const time = styleText('dim', new Date(at).toISOString().slice(11, 19));
  return `${time}  ${styleText('bold', step.padEnd(COLUMN))} ${colour ? styleText(colour, text) : text}`;
}
