import type { ParkedEventStore } from '../cases/case-store.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { parkedIdOf } from '../domain/hr-events/parked-event.ts';
import type { OpenCaseResult } from './open-case-result.ts';

/** What started this execution. */
export interface Delivery {
  readonly executionArn: string;
  readonly event: unknown;
}

export interface ParkEventDeps {
  readonly parkedEvents: Pick<ParkedEventStore, 'park'>;
  readonly now: () => Date;
}

type Parked = Extract<OpenCaseResult, { route: 'parked' }>;

/** Keeps an event that cannot be handled, with its reasons, until somebody has looked. Parking again changes nothing. */
export async function parkEvent(
  deps: ParkEventDeps,
  { executionArn, event }: Delivery,
  faults: readonly EventFault[],
): Promise<Parked> {
  const parkedId = parkedIdOf(event);
  const parkedAt = deps.now().toISOString();
  await deps.parkedEvents.park({ parkedId, parkedAt, executionArn, faults: [...faults], event });
  return { route: 'parked', parkedId };
}
