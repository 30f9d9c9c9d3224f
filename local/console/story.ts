import { styleText } from 'node:util';
import { z } from 'zod';
import type { CaseStore } from '../../lambdas/cases/case-store.ts';
import type { EventFault } from '../../lambdas/domain/hr-events/hr-event.ts';
import type { TimelineEntry } from '../../lambdas/domain/timeline.ts';
import type { EngineEvent } from '../aws/step-functions/execution.ts';
import { aside } from './story-asides.ts';
import { line } from './story-line.ts';

interface StoryDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  /** Why an event is parked. */
  readonly faultsOf: (parkedId: string) => Promise<readonly EventFault[]>;
  readonly print: (line: string) => void;
}

export interface Story {
  /** Tells what follows from an engine event. */
  hear(event: EngineEvent): void;
  /** Tells a line that belongs to no case. */
  say(text: string): void;
  /** Tells what is on the case's timeline by now, should no engine event be due yet. */
  catchUp(caseId: string): Promise<void>;
  /** What a case has been through already is not told again. */
  skip(caseId: string): Promise<void>;
  /** Settles when everything heard so far is told. */
  settled(): Promise<void>;
}

const openedSchema = z.object({ caseId: z.string() });

/**
 * Tells a run as it happens: what steps write on the case's timeline, and what goes wrong on the way. Lines come one
 * after the other, although events come when they like.
 */
export function createStory(deps: StoryDeps): Story {
  const toldEntries = new Map<string, number>();
  const caseIds = new Map<string, string>();
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
    for (const text of await aside(event, deps.faultsOf)) print(text, caseId);
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
    say: (text) => void enqueue(async () => print(text, undefined)),
    catchUp: (caseId) => enqueue(() => catchUp(caseId)),
    skip: (caseId) =>
      enqueue(async () => void toldEntries.set(caseId, (await deps.cases.find(caseId))?.timeline.length ?? 0)),
    settled: () => queue,
  };
}

function lineOf({ at, step, what, facts }: TimelineEntry): string {
  const detail = Object.entries(facts ?? {})
    .filter(([key]) => TELLING.has(key))
    .map(([, value]) => String(value));
  return line(Date.parse(at), step, detail.length > 0 ? `${what} (${detail.join(', ')})` : what);
}

/** The facts that a reader of the story wants; the others are for the evidence. */
const TELLING = new Set(['proof', 'effect', 'approver', 'error']);
