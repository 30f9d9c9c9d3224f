import { styleText } from 'node:util';
import { z } from 'zod';
import type { CaseStore } from '../lambdas/cases/case-store.ts';
import type { TimelineEntry } from '../lambdas/domain/timeline.ts';
import type { EngineEvent } from './step-functions/execution.ts';

export interface StoryDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly print: (line: string) => void;
}

export interface Story {
  /** Tells what follows from an engine event. */
  hear(event: EngineEvent): void;
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
  let queue = Promise.resolve();

  async function catchUp(caseId: string): Promise<void> {
    const timeline = (await deps.cases.find(caseId))?.timeline ?? [];
    const told = toldEntries.get(caseId) ?? 0;
    for (const entry of timeline.slice(told)) deps.print(lineOf(entry));
    toldEntries.set(caseId, Math.max(told, timeline.length));
  }

  async function tell(event: EngineEvent): Promise<void> {
    noteCase(event);
    const caseId = caseIds.get(event.executionArn);
    if (caseId !== undefined) await catchUp(caseId);
    const line = aside(event);
    if (line) deps.print(line);
  }

  function noteCase(event: EngineEvent): void {
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
    skip: (caseId) =>
      enqueue(async () => void toldEntries.set(caseId, (await deps.cases.find(caseId))?.timeline.length ?? 0)),
    settled: () => queue,
  };
}

const routeSchema = z.object({ route: z.string(), runBy: z.string().optional(), parkedId: z.string().optional() });
const waitSchema = z.object({ waitUntil: z.string().optional(), holdUntil: z.string().optional() });

/** What no timeline tells: waits, tries that failed, events that never became a case. */
function aside(event: EngineEvent): string | undefined {
  if (event.kind === 'failed') return line(event.at, event.state, `failed: ${event.error}`, 'yellow');
  if (event.kind === 'caught') return line(event.at, event.state, `gave up; next: ${event.next}`, 'red');
  if (event.kind === 'entered') return waiting(event);
  if (event.kind !== 'exited') return undefined;
  if (event.state === 'Seal evidence') return line(event.at, event.state, 'evidence sealed');
  if (event.state === 'Announce outcome') return line(event.at, event.state, 'everybody who was asked has been told');
  if (event.state !== 'Open case') return undefined;
  const { route, runBy } = routeSchema.parse(event.output);
  if (route === 'duplicate')
    return line(event.at, event.state, `duplicate: the case is run by ${runBy ?? 'another execution'}`, 'yellow');
  if (route === 'parked') return line(event.at, event.state, 'parked: the event cannot be handled as it is', 'red');
  return undefined;
}

function waiting(event: Extract<EngineEvent, { kind: 'entered' }>): string | undefined {
  const { waitUntil, holdUntil } = waitSchema.safeParse(event.input).data ?? {};
  if (event.state === 'Hold')
    return line(event.at, event.state, `waits until ${holdUntil} before an effect that cannot be undone`);
  const isAhead = waitUntil !== undefined && Date.parse(waitUntil) > event.at;
  return event.state === 'Wait for last working moment' && isAhead
    ? line(event.at, 'Wait', `until ${waitUntil}`)
    : undefined;
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
