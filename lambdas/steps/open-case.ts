import { type EventFault, type HrEventReading, type HrRequest, readHrEvent } from '../domain/hr-events/hr-event.ts';
import { type Locations, namesPlace } from '../domain/hr-events/locations.ts';
import { applyReactivation } from '../hr-intake/apply-to-person.ts';
import { isReopenedBy, reopened } from '../hr-intake/case-transitions.ts';
import { duplicateOf, type OpenCaseResult, resultOf } from '../hr-intake/open-case-result.ts';
import { type Delivery, parkEvent } from '../hr-intake/park-event.ts';
import { otherOpenCase } from '../hr-intake/primary-case.ts';
import { type ReceiveHrReportDeps, receiveHrReport } from '../hr-intake/receive-hr-report.ts';

interface OpenCaseDeps extends ReceiveHrReportDeps {
  /** Zones of the places that HR names; may fail where they have to be read first. */
  readonly locations: () => Promise<Locations>;
}

/**
 * Brings what HR says to the case it is about: opens it, or settles what it means for a case that is there. What the
 * case does follows from all that HR has said, so that any order, duplicates and replays lead to the same.
 * Second run: the case is found to be this execution's own, and the answer is the same. Parking again changes nothing.
 */
export function openCase(deps: OpenCaseDeps) {
  return async (delivery: Delivery): Promise<OpenCaseResult> => {
    const reading = await readReport(deps, delivery.event);
    switch (reading.kind) {
      case 'fault':
        return parkEvent(deps, delivery, reading.faults);
      case 'report':
        return receiveHrReport(deps, delivery, reading);
      case 'reactivated':
        return applyReactivation(deps, delivery, reading);
      case 'reopened':
        return reopen(deps, delivery, reading);
    }
  };
}

/** An event whose moment does not depend on the zone of a place waits for no place: the zone is then only not shown. */
async function readReport(deps: OpenCaseDeps, event: unknown): Promise<HrEventReading> {
  const speaksFor = Object.fromEntries(deps.reportingSystems.map((one) => [one.source, one.speaksFor]));
  const context = { now: deps.now(), speaksFor };
  const withoutPlaces = readHrEvent(event, context);
  if (!namesPlace(event)) return withoutPlaces;
  try {
    return readHrEvent(event, { ...context, locations: await deps.locations() });
  } catch (error) {
    if (withoutPlaces.kind === 'fault') throw error;
    return withoutPlaces;
  }
}

/** A case that a person wants taken up again. */
async function reopen(
  deps: OpenCaseDeps,
  delivery: Delivery,
  request: Extract<HrRequest, { kind: 'reopened' }>,
): Promise<OpenCaseResult> {
  const existing = await deps.cases.find(request.caseId);
  if (!existing) return parkEvent(deps, delivery, [unknownCase()]);
  if (existing.executionArn === delivery.executionArn) return resultOf(existing);
  if (isReopenedBy(existing, request.eventId)) return duplicateOf(existing);
  const reopening = reopened(existing, request, { executionArn: delivery.executionArn, now: deps.now() });
  if (reopening.kind === 'fault') return parkEvent(deps, delivery, [reopening.fault]);
  const { caseId, termination } = reopening.next;
  const other = await otherOpenCase(deps, { caseId, workEmail: termination.workEmail });
  if (other) return parkEvent(deps, delivery, [anotherIsOpen(other.caseId)]);
  return resultOf(await deps.cases.replace(existing, reopening.next));
}

function anotherIsOpen(caseId: string): EventFault {
  return {
    field: 'detail.data.caseId',
    problem: 'names a case whose leaver has another one open',
    remedy: `look at that one: offboard show ${caseId}`,
  };
}

function unknownCase(): EventFault {
  return {
    field: 'detail.data.caseId',
    problem: 'names no case that is known here',
    remedy: 'look for the case with offboard list --all',
  };
}
