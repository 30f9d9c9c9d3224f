import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import { readHrEvent } from '../lambdas/domain/hr-event.ts';
import type { PutEventsEntry } from './event-file.ts';
import type { LocalRun } from './local-run.ts';

export interface ReportedEvent {
  /** EventBridge's id of the event. */
  readonly eventId: string;
  /** Absent when the event cannot become a case. */
  readonly caseId: string | undefined;
}

/**
 * Puts an event on the bus as an HR system would.
 * @throws TypeError when the bus refuses it
 */
export async function reportEvent(run: LocalRun, entry: PutEventsEntry): Promise<ReportedEvent> {
  const client = new EventBridgeClient();
  const { Entries } = await client.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: run.busName }] }));
  const [answer] = Entries ?? [];
  if (answer?.EventId === undefined) throw new TypeError(`the bus refused the event: ${answer?.ErrorCode}`);
  const event = { source: entry.Source, 'detail-type': entry.DetailType, detail: JSON.parse(entry.Detail) };
  const reading = readHrEvent(event, { now: new Date() });
  return { eventId: answer.EventId, caseId: reading.ok ? reading.caseId : undefined };
}

const inputSchema = z.object({ id: z.string() });

/** Waits until the execution that an event started has ended; an event that no rule matches starts none. */
export async function whenHandled(run: LocalRun, eventId: string): Promise<void> {
  await run.eventBridge.idle();
  const started = run.engine
    .list()
    .find(({ executionArn }) => inputSchema.safeParse(run.engine.describe(executionArn).input).data?.id === eventId);
  if (started) await run.engine.waitForEnd(started.executionArn);
}
