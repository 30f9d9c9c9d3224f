import type { CaseStore } from '../cases/case-store.ts';
import { CaseChangedError, CaseNotFoundError } from '../cases/errors.ts';
import type { HrRequest } from '../domain/hr-events/hr-event.ts';
import { addReport, type HrReport, mergeHistories, type ReportHistory, resolveIntent } from '../domain/hr-report.ts';
import type { CaseIn, MergedCase } from '../domain/offboarding-case.ts';
import type { Termination } from '../domain/termination.ts';
import { appendTimeline } from '../domain/timeline.ts';
import { applyToCase } from './apply-to-case.ts';
import { type ApplyToPersonDeps, applyToPerson } from './apply-to-person.ts';
import { endedBeforeAnything, OPEN_CASE } from './case-transitions.ts';
import { keepEarlyCancellation } from './early-cancellation.ts';
import { findKnownTermination, type KnownTermination, type KnownTerminationDeps } from './known-termination.ts';
import { type OpenCaseResult, resultOf } from './open-case-result.ts';
import type { Delivery } from './park-event.ts';
import { type PrimaryCaseDeps, primaryCaseOf } from './primary-case.ts';

export interface ReceiveHrReportDeps extends PrimaryCaseDeps, ApplyToPersonDeps, KnownTerminationDeps {
  readonly cases: Pick<CaseStore, 'claim' | 'find' | 'replace'>;
  readonly leavers: PrimaryCaseDeps['leavers'];
}

export type ReportRequest = Extract<HrRequest, { kind: 'report' }>;

/** Brings a report of HR's to the case it is about, which it opens if there is none. */
export async function receiveHrReport(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  request: ReportRequest,
): Promise<OpenCaseResult> {
  const { report } = request;
  const known = await findKnownTermination(deps, request);
  if (report.kind === 'terminated')
    return receiveTermination(deps, delivery, { termination: report.termination, known });
  const ofTermination = await applyWhereKnown(deps, delivery, { known, report });
  const isOver = ofTermination && !(ofTermination.route === 'duplicate' && request.isInferred);
  if (isOver) return ofTermination;
  // What was concluded from a person's state is about the person, whichever termination that takes back.
  const { person, isInferred: isAboutPerson } = request;
  const news = { person, said: report.takenBack, isAboutPerson, but: primaryIdOf(known) };
  const ofPerson = await applyToPerson(deps, delivery, news);
  if (ofTermination) return ofPerson ?? ofTermination;
  const isApplied = ofPerson !== undefined && ofPerson.route !== 'duplicate';
  const early = { request, caseId: known.of, known: known.placeholder, isApplied };
  const kept = await keepEarlyCancellation(deps, delivery, early);
  return isApplied ? ofPerson : kept;
}

/** What a report is for the case that its termination has or has joined; `undefined` where there is none. */
async function applyWhereKnown(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  {
    known: { of, existing, placeholder },
    report,
    earlier,
  }: { known: KnownTermination; report: HrReport; earlier?: ReportHistory },
): Promise<OpenCaseResult | undefined> {
  if (existing) return applyToCase(deps, delivery, { existing, about: { of, report, earlier } });
  return placeholder?.status === 'merged'
    ? applyInPrimary(deps, delivery, { merged: placeholder, report, earlier })
    : undefined;
}

/** A report; the first one opens the case. */
async function receiveTermination(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  { termination, known }: { termination: Termination; known: KnownTermination },
): Promise<OpenCaseResult> {
  const report = { kind: 'terminated', termination } as const;
  const { of: caseId, placeholder } = known;
  const active = await activeSince(deps, termination);
  const applied = await applyWhereKnown(deps, delivery, { known, report, earlier: active });
  if (applied) {
    await noteEmployee(deps, termination, 'caseId' in applied ? (applied.caseId ?? caseId) : primaryIdOf(known));
    return applied;
  }
  const primary = await primaryCaseOf(deps, { caseId, workEmail: termination.workEmail });
  await noteEmployee(deps, termination, primary.kind === 'merged' ? primary.merged.primaryCaseId : caseId);
  if (primary.kind === 'merged')
    return applyInPrimary(deps, delivery, { merged: primary.merged, report, earlier: active });
  const early = mergeHistories(placeholder?.history ?? {}, active);
  const opened = openedCase(caseId, termination, delivery, deps.now());
  const isFirstReport = Object.keys(early).length === 0;
  const newCase = isFirstReport ? opened : takenBackEarly(opened, addReport(early, report), deps.now());
  // Before the claim: after a crash between the two the leaver is counted again, which is the same; the other way round they
  // would never be.
  if (newCase.status === 'opened') await deps.countLeaver(caseId);
  if (await deps.cases.claim(newCase, placeholder)) return resultOf(newCase);
  // Another delivery came between looking and writing.
  const existing = await deps.cases.find(caseId);
  if (!existing) throw new CaseChangedError(`${caseId} was changed by somebody else; read it again`);
  return applyToCase(deps, delivery, { existing, about: { of: caseId, report } });
}

/** That the same system has said since that the person is active, by its own id of them: it may overtake what it takes back. */
async function activeSince({ employees }: ReceiveHrReportDeps, termination: Termination): Promise<ReportHistory> {
  const takenBack = await employees.lastActive(termination);
  return takenBack && takenBack.reportedAt >= termination.reportedAt ? { takenBack } : {};
}

/** By the system's own id of the employee, a report about the person finds the case later. */
function noteEmployee({ employees }: ReceiveHrReportDeps, termination: Termination, caseId: string): Promise<void> {
  return employees.noteCase(termination, { caseId, reportedAt: termination.reportedAt });
}

function primaryIdOf({ of, placeholder }: KnownTermination): string {
  return placeholder?.status === 'merged' ? placeholder.primaryCaseId : of;
}

async function applyInPrimary(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  { merged, report, earlier = {} }: { merged: MergedCase; report: HrReport; earlier?: ReportHistory | undefined },
): Promise<OpenCaseResult> {
  const existing = await deps.cases.find(merged.primaryCaseId);
  if (!existing) throw new CaseNotFoundError(`${merged.primaryCaseId} is gone; it must not be deleted by hand`);
  const about = { of: merged.caseId, report, earlier: mergeHistories(merged.history, earlier) };
  return applyToCase(deps, delivery, { existing, about });
}

/** What becomes of a termination about which HR had said more before it was reported. */
function takenBackEarly(reported: CaseIn<'opened'>, history: ReportHistory, now: Date): CaseIn<'opened' | 'finished'> {
  const intent = resolveIntent(history);
  const opened = { ...reported, history: { [reported.caseId]: history } };
  if (intent?.kind !== 'taken back') return opened;
  const { revision } = opened;
  return { ...endedBeforeAnything(opened, intent.by, { executionArn: opened.executionArn, now }), revision };
}

function openedCase(caseId: string, termination: Termination, { executionArn }: Delivery, now: Date): CaseIn<'opened'> {
  const at = now.toISOString();
  const { source, operator, lastWorkingMoment, unread } = termination;
  const facts = {
    source,
    ...(operator && { operator: operator.arn }),
    lastWorkingMoment,
    ...(unread && { unread: unread.join(', ') }),
  };
  return {
    status: 'opened',
    ...{ caseId, version: 1, revision: 1, executionArn, termination, openedAt: at },
    timeline: appendTimeline({ timeline: [] }, { at, step: OPEN_CASE, code: 'case-opened', facts }),
  };
}
