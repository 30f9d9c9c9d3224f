import type { ParkedEventDesk } from '../../../lambdas/cases/case-store.ts';
import { createParkedEventDesk } from '../../../lambdas/cases/dynamo-parked-events.ts';
import type { ParkedRecord } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import type { Connection } from './connection.ts';
import { openTable } from './open-table.ts';

/** The parked events of the stack. */
export async function openParkedEvents(connection: Connection): Promise<ParkedEventDesk> {
  return createParkedEventDesk(await openTable(connection));
}

/** @throws AnswerIsNoError when none, or more than one, begins with this id. */
export async function readParkedEvent(desk: Pick<ParkedEventDesk, 'find'>, id: string): Promise<ParkedRecord> {
  const [found, ...others] = await desk.find(id);
  if (!found) throw new AnswerIsNoError('no parked event has this id; "offboard parked" shows those that wait');
  if (others.length > 0) {
    throw new AnswerIsNoError(`${others.length + 1} parked events begin with this id; give more of its characters`);
  }
  return found;
}
