import type { PlaceholderStore } from '../cases/case-store.ts';
import { CaseChangedError } from '../cases/errors.ts';
import { caseIdOf } from '../domain/case-id.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { addReport } from '../domain/hr-report.ts';
import type { CasePlaceholder } from '../domain/offboarding-case.ts';
import type { KnownTerminationDeps } from './known-termination.ts';
import type { OpenCaseResult } from './open-case-result.ts';
import { type Delivery, type ParkEventDeps, parkEvent } from './park-event.ts';
import type { ReportRequest } from './receive-hr-report.ts';

interface EarlyCancellationDeps extends ParkEventDeps, KnownTerminationDeps {
  readonly placeholders: PlaceholderStore;
}

/**
 * Keeps a cancellation whose termination was not reported yet, for its report may have been overtaken; and parks it, in
 * case the report never comes. One that is dated ahead is only parked: kept, it would outweigh a report that is true.
 */
export async function keepEarlyCancellation(
  deps: EarlyCancellationDeps,
  delivery: Delivery,
  early: {
    readonly request: ReportRequest;
    readonly caseId: string;
    readonly known: CasePlaceholder | undefined;
    /** It said something about another case of the person, and was handled as that. */
    readonly isApplied: boolean;
  },
): Promise<OpenCaseResult> {
  const { request, caseId, known, isApplied } = early;
  const { report, isInferred, isDatedAhead } = request;
  if (isDatedAhead)
    return isApplied ? { route: 'early cancellation', caseId } : parkEvent(deps, delivery, [datedAhead()]);
  const history = addReport(known?.history ?? {}, report);
  const parked =
    isInferred || isApplied ? undefined : await parkEvent(deps, delivery, [await unknownTermination(deps, request)]);
  if (history !== known?.history) {
    const next = { status: 'early cancellation', caseId, version: 1, history } as const;
    if (!(await deps.placeholders.hold(next, known))) {
      throw new CaseChangedError(`${caseId} was changed by somebody else; read it again`);
    }
  }
  return parked ?? { route: 'early cancellation', caseId };
}

function datedAhead(): EventFault {
  return {
    field: 'detail.metadata.occurredAt',
    problem: 'lies in the future, and the termination that is taken back is not known here',
    remedy: 'set the producer’s clock; if the termination is reported by now, redrive the event',
  };
}

async function unknownTermination(deps: KnownTerminationDeps, { key }: ReportRequest): Promise<EventFault> {
  const field = 'detail.data.terminationId';
  const others = deps.reportingSystems.filter(({ source }) => source !== key.source);
  const found = await Promise.all(others.map(({ source }) => deps.cases.find(caseIdOf({ ...key, source }))));
  if (found.some((existing) => existing !== undefined)) {
    const problem = 'names a termination that another system reported, and each system takes back only its own';
    const remedy = 'have that system cancel it, or withdraw the case as an operator with offboard withdraw';
    return { field, problem, remedy };
  }
  const remedy = 'if the termination is still to be reported it will be withdrawn at once; otherwise check the ids';
  return { field, problem: 'names no termination that is known here', remedy };
}
