import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import { readHrEvent } from '../../lambdas/domain/hr-events/hr-event.ts';
import { LOCAL_LOCATIONS } from '../hr-systems/local-hr-systems.ts';
import type { LocalRun } from '../run/local-run.ts';
import type { PutEventsEntry } from './event-file.ts';

/** What became of a report. */
export interface Reported {
  /** The case that it is about, once that is known; `undefined` when it becomes none. */
  caseId(): Promise<string | undefined>;
  /** Settles when every execution that it started has ended; an event that no rule matches starts none. */
  whenHandled(): Promise<void>;
}

/**
 * Puts an event on the bus as an HR system would.
 * @throws TypeError when the bus refuses it
 */
export async function reportEvent(run: LocalRun, entry: PutEventsEntry): Promise<Reported> {
  const client = new EventBridgeClient();
  const { Entries } = await client.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: run.busName }] }));
  const [answer] = Entries ?? [];
  if (answer?.EventId === undefined) throw new TypeError(`the bus refused the event: ${answer?.ErrorCode}`);
  const event = { source: entry.Source, 'detail-type': entry.DetailType, detail: JSON.parse(entry.Detail) };
  const reading = readHrEvent(event, { now: new Date(), locations: LOCAL_LOCATIONS });
  return {
    caseId: async () => ('caseId' in reading ? reading.caseId : undefined),
    whenHandled: () => whenHandled(run, answer.EventId ?? ''),
  };
}

const inputSchema = z.object({ id: z.string() });

async function whenHandled(run: LocalRun, eventId: string): Promise<void> {
  await run.eventBridge.idle();
  const started = run.engine
    .list()
    .find(({ executionArn }) => inputSchema.safeParse(run.engine.describe(executionArn).input).data?.id === eventId);
  if (started) await run.engine.waitForEnd(started.executionArn);
}
