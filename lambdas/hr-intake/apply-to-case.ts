import type { CaseStore, LeaverStore } from '../cases/case-store.ts';
import { CaseNotFoundError } from '../cases/errors.ts';
import type { ReinstatementLimit } from '../cases/reinstatement-limit.ts';
import { parkedIdOf } from '../domain/hr-events/parked-event.ts';
import { type HrReport, mergeHistories } from '../domain/hr-report.ts';
import { historiesOf, type OffboardingCase } from '../domain/offboarding-case.ts';
import { needsPerson } from '../domain/outcome.ts';
import { applyHrReport, type ReportAbout, type ReportEffect } from './apply-hr-report.ts';
import { isLeaverAnew } from './case-predicates.ts';
import { anotherStands, tooManyReinstated } from './late-change.ts';
import { duplicateOf, type OpenCaseResult, resultOf } from './open-case-result.ts';
import { isWantedByAnother } from './other-standing-case.ts';
import { type Delivery, type ParkEventDeps, parkEvent } from './park-event.ts';
import { otherOpenCase } from './primary-case.ts';
import { withActiveAgain } from './record-active-again.ts';

export interface ApplyToCaseDeps extends ParkEventDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly leavers: Pick<LeaverStore, 'caseOf' | 'casesOf' | 'handOver'>;
  readonly reinstatements: ReinstatementLimit;
  /** Counts somebody who is reported to leave: too many at once pause what cannot be undone. Never throws. */
  readonly countLeaver: (caseId: string) => Promise<void>;
  /** Whether an execution is still going: one that ended without sealing has left its case to be taken over. */
  readonly isRunning: (executionArn: string) => Promise<boolean>;
}

/** Brings a report of HR's to a case that is there: the case goes on by it, notes it, or people hear that it comes too late. */
export async function applyToCase(
  deps: ApplyToCaseDeps,
  delivery: Delivery,
  { existing, about }: { existing: OffboardingCase; about: ReportAbout },
): Promise<OpenCaseResult> {
  if (existing.movedTo !== undefined) return applyWhereItBelongs(deps, delivery, { existing, about });
  if (existing.executionArn === delivery.executionArn) return ranBefore(existing, delivery);
  const isAbandoned = !isClosed(existing) && !(await deps.isRunning(existing.executionArn));
  const by = { executionArn: delivery.executionArn, now: deps.now(), isAbandoned };
  const answer = await withinLimit(deps, await unlessWanted(deps, applyHrReport(existing, about, by)), about);
  // Parked first: after a crash between the two writes this runs again, and must still find its report to be new.
  const parked = answer.fault && (await parkEvent(deps, delivery, [answer.fault]));
  if (answer.kind === 'taken up') {
    const other = await otherThan(deps, existing, answer.next);
    if (other) {
      const moved = await deps.cases.replace(existing, { ...existing, movedTo: other.caseId });
      return applyWhereItBelongs(deps, delivery, { existing: moved, about });
    }
    await keepAddress(deps, existing, answer.next);
    if (isLeaverAnew(existing, answer.next)) await deps.countLeaver(existing.caseId);
    const next = parked ? withParked(answer.next, parked.parkedId) : answer.next;
    return { ...resultOf(await deps.cases.replace(existing, next)), ...(parked && { parked: true }) };
  }
  const next = closedIfActiveAgain(answer, about.report, { existing, delivery, now: deps.now() });
  if (next !== existing) await deps.cases.replace(existing, next);
  if (answer.kind === 'no change' || !parked) return duplicateOf(existing);
  return { route: 'too late', caseId: existing.caseId, parkedId: parked.parkedId, fault: answer.fault };
}

/** A termination of a case that has ended, which was reported again while the leaver had another one open. */
async function applyWhereItBelongs(
  deps: ApplyToCaseDeps,
  delivery: Delivery,
  { existing, about }: { existing: OffboardingCase; about: ReportAbout },
): Promise<OpenCaseResult> {
  const primary = existing.movedTo === undefined ? undefined : await deps.cases.find(existing.movedTo);
  if (!primary) throw new CaseNotFoundError(`${existing.movedTo} is gone; it must not be deleted by hand`);
  const earlier = mergeHistories(historiesOf(existing)[about.of] ?? {}, about.earlier ?? {});
  return applyToCase(deps, delivery, { existing: primary, about: { ...about, earlier } });
}

/** A case that has ended must not start again beside the leaver's open one. */
async function otherThan(
  deps: ApplyToCaseDeps,
  existing: OffboardingCase,
  next: OffboardingCase,
): Promise<OffboardingCase | undefined> {
  if (existing.status !== 'finished' || next.status !== 'opened') return undefined;
  const { caseId, termination } = next;
  return otherOpenCase(deps, { caseId, workEmail: termination.workEmail });
}

/** Of several cases of a leaver one was taken back: the account is not enabled while another one wants it disabled. */
async function unlessWanted(deps: ApplyToCaseDeps, answer: ReportEffect): Promise<ReportEffect> {
  if (answer.kind !== 'taken up' || !answer.reinstates || !(await isWantedByAnother(deps, answer.next))) return answer;
  return {
    kind: 'too late',
    fault: anotherStands(),
    isActiveAgain: true,
    ...(answer.noted && { noted: answer.noted }),
  };
}

/** A stolen key of HR's can also enable accounts: beyond so many an hour a person is asked, and operators are not counted. */
async function withinLimit(
  { reinstatements }: ApplyToCaseDeps,
  answer: ReportEffect,
  { of, report }: ReportAbout,
): Promise<ReportEffect> {
  if (answer.kind !== 'taken up' || !answer.reinstates || report.kind !== 'taken back') return answer;
  const { source, eventId, operator } = report.takenBack;
  if (operator || (await reinstatements.admit(source, { id: `${of} ${eventId}` }))) return answer;
  // It may well be true, and who may be a current employee must not be deleted meanwhile.
  return {
    kind: 'too late',
    fault: tooManyReinstated(),
    isActiveAgain: true,
    ...(answer.noted && { noted: answer.noted }),
  };
}

/** An operator gave the case another address: what is reported of that one belongs here from now on. */
async function keepAddress(
  { leavers }: ApplyToCaseDeps,
  before: OffboardingCase,
  next: OffboardingCase,
): Promise<void> {
  const { workEmail } = next.termination;
  if (workEmail !== before.termination.workEmail) await leavers.caseOf(workEmail, next.caseId);
}

/** The case with what was reported; marked as active again where one report was taken back and another stands. */
function closedIfActiveAgain(
  answer: Exclude<ReportEffect, { kind: 'taken up' }>,
  report: HrReport,
  { existing, delivery, now }: { existing: OffboardingCase; delivery: Delivery; now: Date },
): OffboardingCase {
  const noted = answer.noted ?? existing;
  if (report.kind !== 'taken back' || answer.kind !== 'too late' || !answer.isActiveAgain) return noted;
  const news = withActiveAgain(noted, report.takenBack, { parkedId: parkedIdOf(delivery.event), now });
  return news === 'known' ? noted : news.next;
}

/** What this delivery has made of the case already, with the question that it left for a person. */
function ranBefore(existing: OffboardingCase, { event }: Delivery): OpenCaseResult {
  const isParked = existing.timeline.some(({ facts }) => facts?.parkedId === parkedIdOf(event));
  return { ...resultOf(existing), ...(isParked && { parked: true }) };
}

/** The entry that says why the case goes on names what was parked beside. */
function withParked(next: OffboardingCase, parkedId: string): OffboardingCase {
  const timeline = next.timeline.map((entry, index, all) =>
    index === all.length - 1 ? { ...entry, facts: { ...entry.facts, parkedId } } : entry,
  );
  return { ...next, timeline };
}

/** A case that ended well stays ended: a late duplicate must not open it again. */
function isClosed(existing: OffboardingCase): boolean {
  return existing.status === 'finished' && !needsPerson(existing.outcome.kind);
}
