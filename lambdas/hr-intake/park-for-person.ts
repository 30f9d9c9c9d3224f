import type { ParkedEventStore } from '../cases/case-store.ts';
import { sha256 } from '../domain/evidence.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { type Candidate, parkedIdOf } from '../domain/hr-events/parked-event.ts';
import { OPERATOR_SOURCE } from '../domain/hr-events/reporting-source.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';

export interface ParkForPersonDeps {
  readonly parkedEvents: ParkedEventStore;
  readonly now: () => Date;
}

interface PersonsQuestion {
  readonly fault: Pick<EventFault, 'field' | 'problem'>;
  /** What to do before the event is put on the bus again; the command that does so is added. */
  readonly remedy: string;
  readonly candidates?: readonly Candidate[] | undefined;
}

/** Enough of the id to name one parked event on a command line. */
const SHOWN_ID_LENGTH = 12;

/**
 * Parks the event that takes this case up again, for when a person has settled what the workflow cannot.
 * Second run: the event is made of what the case says, so that it is the same one, and parking it again changes nothing.
 * @returns the id of what was parked
 */
export async function parkForPerson(
  { parkedEvents, now }: ParkForPersonDeps,
  current: CaseIn<'opened'>,
  { fault, remedy, candidates }: PersonsQuestion,
): Promise<string> {
  const event = reopeningOf(current);
  const parkedId = parkedIdOf(event);
  await parkedEvents.park({
    parkedId,
    parkedAt: now().toISOString(),
    executionArn: current.executionArn,
    faults: [{ ...fault, remedy: `${remedy}, then "offboard redrive ${shownId(parkedId)}"` }],
    event,
    ...(candidates && { candidates: [...candidates] }),
  });
  return parkedId;
}

/** The beginning of a parked event's id, as commands and mails spell it. */
function shownId(parkedId: string): string {
  return parkedId.slice(0, SHOWN_ID_LENGTH);
}

/** An operator's event that no operator has said yet: redriving it adds who did. */
function reopeningOf({ caseId, executionArn, timeline, openedAt }: CaseIn<'opened'>) {
  return {
    source: OPERATOR_SOURCE,
    'detail-type': 'Employee Termination Reopened',
    detail: {
      metadata: {
        // One question for each execution: an id of its own would park the same one again at every try.
        eventId: sha256(`${caseId} ${executionArn}`),
        schemaVersion: '1',
        occurredAt: timeline.at(-1)?.at ?? openedAt,
        source: 'lastpass-offboarding',
      },
      data: { caseId, reason: 'A person settled which account this is about' },
    },
  };
}
