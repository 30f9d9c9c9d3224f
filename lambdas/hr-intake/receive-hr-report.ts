import type { CaseStore } from '../cases/case-store.ts';
import { CaseChangedError, CaseNotFoundError } from '../cases/errors.ts';
import type { HrRequest } from '../domain/hr-events/hr-event.ts';
import { addReport, type HrReport, type ReportHistory, resolveIntent } from '../domain/hr-report.ts';
import type { CaseIn, MergedCase } from '../domain/offboarding-case.ts';
import type { Termination } from '../domain/termination.ts';
import { endedBeforeAnything, OPEN_CASE } from './case-transitions.ts';
import { keepEarlyCancellation } from './early-cancellation.ts';
import { hearAbout } from './hear-about-case.ts';
import { type HearAboutPersonDeps, hearOfPerson } from './hear-about-person.ts';
import { findKnownTermination, type KnownTermination, type KnownTerminationDeps } from './known-termination.ts';
import { type OpenCaseResult, resultOf } from './open-case-result.ts';
import type { Delivery } from './park-event.ts';
import { type PrimaryCaseDeps, primaryCaseOf } from './primary-case.ts';

export interface ReceiveHrReportDeps extends PrimaryCaseDeps, HearAboutPersonDeps, KnownTerminationDeps {
  readonly cases: Pick<CaseStore, 'claim' | 'find' | 'replace'>;
  readonly leavers: PrimaryCaseDeps['leavers'];
}

export type ReportRequest = Extract<HrRequest, { kind: 'word' }>;

/** Brings a word of HR's to the case it is about, which it opens if there is none. */
export async function receiveHrReport(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  request: ReportRequest,
): Promise<OpenCaseResult> {
  const { word } = request;
  const known = await findKnownTermination(deps, request);
  if (word.kind === 'terminated') return hearReport(deps, delivery, { termination: word.termination, known });
  const ofTermination = await hearWhereKnown(deps, delivery, { known, word });
  const isOver = ofTermination && !(ofTermination.route === 'duplicate' && request.isInferred);
  if (isOver) return ofTermination;
  // What was concluded from a person's state is about the person, whichever termination that takes back.
  const { person, isInferred: isAboutPerson } = request;
  const news = { person, said: word.takenBack, isAboutPerson, but: hostOf(known) };
  const ofPerson = await hearOfPerson(deps, delivery, news);
  if (ofTermination) return ofPerson ?? ofTermination;
  const isHeard = ofPerson !== undefined && ofPerson.route !== 'duplicate';
  const early = { request, caseId: known.of, known: known.placeholder, isHeard };
  const kept = await keepEarlyCancellation(deps, delivery, early);
  return isHeard ? ofPerson : kept;
}

/** What a word is for the case that its termination has or has joined; `undefined` where there is none. */
async function hearWhereKnown(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  { known: { of, existing, placeholder }, word }: { known: KnownTermination; word: HrReport },
): Promise<OpenCaseResult | undefined> {
  if (existing) return hearAbout(deps, delivery, { existing, about: { of, word } });
  return placeholder?.status === 'merged' ? hearInHost(deps, delivery, { joined: placeholder, word }) : undefined;
}

/** A report; the first one opens the case. */
async function hearReport(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  { termination, known }: { termination: Termination; known: KnownTermination },
): Promise<OpenCaseResult> {
  const word = { kind: 'terminated', termination } as const;
  const { of: caseId, placeholder } = known;
  const heardAlready = await hearWhereKnown(deps, delivery, { known, word });
  if (heardAlready) {
    await noteEmployee(deps, termination, 'caseId' in heardAlready ? (heardAlready.caseId ?? caseId) : hostOf(known));
    return heardAlready;
  }
  const host = await primaryCaseOf(deps, { caseId, workEmail: termination.workEmail });
  await noteEmployee(deps, termination, host.is === 'merged' ? host.joined.primaryCaseId : caseId);
  if (host.is === 'merged') return hearInHost(deps, delivery, { joined: host.joined, word });
  const lastActive = await deps.employees.lastActive(termination);
  const takenBack = lastActive && lastActive.reportedAt >= termination.reportedAt ? lastActive : undefined;
  const early = takenBack
    ? addReport(placeholder?.heard ?? {}, { kind: 'taken back', takenBack })
    : (placeholder?.heard ?? {});
  const opened = openedCase(caseId, termination, delivery, deps.now());
  const isFirstWord = Object.keys(early).length === 0;
  const newCase = isFirstWord ? opened : takenBackEarly(opened, addReport(early, word), deps.now());
  if (await deps.cases.claim(newCase, placeholder)) return resultOf(newCase);
  // Another delivery came between looking and writing.
  const existing = await deps.cases.find(caseId);
  if (!existing) throw new CaseChangedError(`${caseId} was changed by somebody else; read it again`);
  return hearAbout(deps, delivery, { existing, about: { of: caseId, word } });
}

/** By the system's own id of the employee, a word about the person finds the case later. */
function noteEmployee({ employees }: ReceiveHrReportDeps, termination: Termination, caseId: string): Promise<void> {
  return employees.noteCase(termination, { caseId, reportedAt: termination.reportedAt });
}

function hostOf({ of, placeholder }: KnownTermination): string {
  return placeholder?.status === 'merged' ? placeholder.primaryCaseId : of;
}

async function hearInHost(
  deps: ReceiveHrReportDeps,
  delivery: Delivery,
  { joined, word }: { joined: MergedCase; word: HrReport },
): Promise<OpenCaseResult> {
  const existing = await deps.cases.find(joined.primaryCaseId);
  if (!existing) throw new CaseNotFoundError(`${joined.primaryCaseId} is gone; it must not be deleted by hand`);
  const about = { of: joined.caseId, word, earlier: joined.heard };
  return hearAbout(deps, delivery, { existing, about });
}

/** What becomes of a termination about which HR had said more before it was reported. */
function takenBackEarly(reported: CaseIn<'opened'>, heard: ReportHistory, now: Date): CaseIn<'opened' | 'finished'> {
  const standing = resolveIntent(heard);
  const opened = { ...reported, heard: { [reported.caseId]: heard } };
  if (standing?.is !== 'taken back') return opened;
  const { revision } = opened;
  return { ...endedBeforeAnything(opened, standing.by, { executionArn: opened.executionArn, now }), revision };
}

function openedCase(caseId: string, termination: Termination, { executionArn }: Delivery, now: Date): CaseIn<'opened'> {
  const at = now.toISOString();
  const { source, operator, lastWorkingMoment } = termination;
  const facts = { source, ...(operator && { operator: operator.arn }), lastWorkingMoment };
  return {
    status: 'opened',
    ...{ caseId, version: 1, revision: 1, executionArn, termination, openedAt: at },
    timeline: [{ at, step: OPEN_CASE, what: 'case opened', facts }],
  };
}
