import { CaseChangedError } from '../cases/errors.ts';
import { clearedByReport } from '../domain/active-again.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import {
  addReport,
  type HrReport,
  isEffective,
  mergeHistories,
  type ReportHistory,
  resolveIntent,
  resolveIntentOfAll,
  type TakenBack,
} from '../domain/hr-report.ts';
import { type CaseIn, historiesOf, type OffboardingCase } from '../domain/offboarding-case.ts';
import type { Termination } from '../domain/termination.ts';
import { appendTimeline, type NewEntry } from '../domain/timeline.ts';
import type { WrittenCode } from '../domain/timeline-code.ts';
import {
  HARMLESS,
  isBetweenTakenBack,
  isDisablingBegun,
  isKeptByPeople,
  isNewsAfter,
  isSame,
  isStillDisabled,
  isTakenBack,
} from './case-predicates.ts';
import { endedBeforeAnything, OPEN_CASE, reinstatedByHr, startedAnew, type TakenUpBy } from './case-transitions.ts';
import { aboutKnownAddress } from './known-address.ts';
import {
  anotherAddress,
  decidedByPeople,
  faultIfAnotherStands,
  faultIfOutweighed,
  faultWhenDisabled,
  tooLate,
} from './late-change.ts';

/** What HR's report makes of a case. `noted` is the case with what was reported, where that is new. */
export type ReportEffect =
  /** The case goes on with the execution that brought the report. */
  | {
      readonly kind: 'taken up';
      readonly next: OffboardingCase;
      /** A disabled account is to be enabled again. */
      readonly reinstates: boolean;
      readonly noted?: OffboardingCase;
      /** What of it a person must settle all the same. */
      readonly fault?: EventFault | undefined;
    }
  /** The case goes on as it did. */
  | { readonly kind: 'no change'; readonly noted?: OffboardingCase; readonly fault?: undefined }
  /** What HR asks for can no longer be done, which people must hear. */
  | {
      readonly kind: 'too late';
      readonly fault: EventFault;
      readonly noted?: OffboardingCase;
      /** The person stays, by one report, and has left by another: nothing irreversible until a person has looked. */
      readonly isActiveAgain: boolean;
    };

/** A report about a termination, by the case id that the termination has by itself; the case may be another one's. */
export interface ReportAbout {
  readonly of: string;
  /** Other terminations of the same person, by the same system, that the report is about as well. */
  readonly also?: readonly string[];
  readonly report: HrReport;
  /** What was reported before the termination joined this case. */
  readonly earlier?: ReportHistory | undefined;
}

interface Answering extends TakenUpBy {
  /** The execution that runs the case has ended without bringing it to a good end. */
  readonly isAbandoned: boolean;
}

type Verdict =
  | { readonly kind: 'next'; readonly next: OffboardingCase }
  | { readonly kind: 'late'; readonly fault: EventFault }
  /** Nothing to do. */
  | undefined;

/**
 * Brings a case to what HR wants now, which is weighed from everything that HR has said: so duplicates, reordering and
 * replays make no difference. Decides nothing twice and writes nothing itself.
 * @throws CaseChangedError while LastPass is just being asked about the account: a moment later the record tells.
 */
export function applyHrReport(existing: OffboardingCase, about: ReportAbout, by: Answering): ReportEffect {
  const { of, also = [], earlier = {} } = about;
  const said = historiesOf(existing);
  const read = aboutKnownAddress(existing, said[of] ?? {}, about.report);
  if (read.kind === 'refused') return { kind: 'too late', fault: anotherAddress(), isActiveAgain: false };
  const { report } = read;
  const before = { ...said, ...(read.known && { [of]: read.known }) };
  const history = addReport(mergeHistories(before[of] ?? {}, earlier), report);
  const alsoReported = also.map((one) => [one, addReport(before[one] ?? {}, report)] as const);
  const all = { ...before, ...Object.fromEntries(alsoReported), [of]: history };
  const isNews = Object.entries(all).some(([one, known]) => known !== before[one]);
  const current = withReportSince(isNews ? { ...existing, history: all } : existing, report, by);
  const intent = resolveIntentOfAll(Object.values(all));
  const verdict =
    intent?.kind === 'taken back'
      ? onTakenBack(current, intent.by, by)
      : intent && onDue(current, intent.termination, by);
  const entry = reportEntry(report, by, read.isAddressKept);
  const noted = current !== existing ? { noted: { ...current, timeline: appendTimeline(current, entry) } } : {};
  const isToBeTold = isNews || isNotedBy(existing, entry);
  const addressFault = read.isAddressKept && isToBeTold ? anotherAddress() : undefined;
  if (verdict?.kind === 'next') {
    const reinstates = intent?.kind === 'taken back' && verdict.next.status !== 'finished' && !isTakenBack(existing);
    // What was not done when it was said waits for a person; no replay and no older report does it after all.
    if (reinstates && !(isNews && report.kind === 'taken back')) return { kind: 'no change', ...noted };
    return { kind: 'taken up', next: verdict.next, reinstates, ...noted, fault: addressFault };
  }
  if (addressFault) return lateOr(addressFault, noted, false);
  // A report that no longer counts is not told as too late.
  if (isEffective(report, intent)) return lateOr(verdict?.fault, noted, false);
  const another = faultIfAnotherStands(current, { report, history, intent });
  const isActiveAgain = another !== undefined && !isDueBySame(report, all) && !isOperators(report);
  return lateOr(another ?? faultIfOutweighed(current, { report, history }, by), noted, isActiveAgain);
}

function lateOr(
  fault: EventFault | undefined,
  noted: { noted?: OffboardingCase },
  isActiveAgain: boolean,
): ReportEffect {
  return fault ? { kind: 'too late', fault, isActiveAgain, ...noted } : { kind: 'no change', ...noted };
}

/** Whether who takes one report back has another one that stands: then they do not say that the person stays. */
function isDueBySame(report: HrReport, all: Readonly<Record<string, ReportHistory>>): boolean {
  const standings = Object.values(all).flatMap((history) => resolveIntent(history) ?? []);
  return (
    report.kind === 'taken back' &&
    standings.some(({ kind, termination }) => kind === 'due' && termination.source === report.takenBack.source)
  );
}

/** Operators take back one report after the other, and look themselves. */
function isOperators(report: HrReport): boolean {
  return report.kind === 'taken back' && report.takenBack.operator !== undefined;
}

/** A system that said that the person is active again, and now reports the end of the employment, has taken that back. */
function withReportSince(current: OffboardingCase, report: HrReport, { now }: TakenUpBy): OffboardingCase {
  if (report.kind !== 'terminated') return current;
  const { source, reportedAt } = report.termination;
  const activeAgain = clearedByReport(current, { source, reportedAt, heardAt: now.toISOString() });
  return activeAgain ? { ...current, activeAgain } : current;
}

function onTakenBack(current: OffboardingCase, back: TakenBack, by: Answering): Verdict {
  const reinstate = (): Verdict => {
    const next = reinstatedByHr(current, back, by);
    return next ? { kind: 'next', next } : late(tooLate('the case failed before the account was known to be disabled'));
  };
  if (isTakenBack(current)) return by.isAbandoned ? reinstate() : undefined;
  switch (current.status) {
    case 'opened':
      if (isDisablingBegun(current)) throw new CaseChangedError(`${current.caseId} is just being disabled; try again`);
      return { kind: 'next', next: endedBeforeAnything(current, back, by) };
    case 'disabled':
    case 'asked':
    case 'decided':
      return reinstate();
    case 'committed':
      return late(tooLate(`“${current.decision.effect.label}” is just being carried out`));
    case 'finished':
      if (isKeptByPeople(current) && !back.operator) return late(decidedByPeople(labelOf(current)));
      if (isStillDisabled(current)) return reinstate();
      // Somebody who was hired again gets a new account; only a cancellation meant this one.
      if (HARMLESS.has(current.outcome.kind) || back.kind === 'rehired') return undefined;
      return late(tooLate(`“${labelOf(current)}” has been carried out`));
  }
}

function onDue(current: OffboardingCase, termination: Termination, by: Answering): Verdict {
  const anew = (code: WrittenCode, facts: Record<string, string>): Verdict => ({
    kind: 'next',
    next: startedAnew(current, by, { termination, entry: { code, facts } }),
  });
  if (isTakenBack(current)) {
    if (current.status === 'committed' && !by.isAbandoned) {
      throw new CaseChangedError(`${current.caseId} is just being reinstated; try again`);
    }
    return anew('termination-reported-again', { statusThen: current.status });
  }
  if (by.isAbandoned) return { kind: 'next', next: takenOver(current, termination, by) };
  if (current.status === 'finished') {
    // Disabled is what is wanted, and people have been asked: they need not be asked again.
    if (isStillDisabled(current)) return late(faultWhenDisabled(current, termination, by));
    const isNews = isBetweenTakenBack(current) || isNewsAfter(current, termination);
    return isNews ? anew('termination-reported-again', { endedAs: current.outcome.kind }) : undefined;
  }
  if (current.status !== 'opened') return late(faultWhenDisabled(current, termination, by));
  if (isSame(current, termination)) return undefined;
  if (isDisablingBegun(current)) throw new CaseChangedError(`${current.caseId} is just being disabled; try again`);
  const { lastWorkingMoment: from } = current.termination;
  return anew('termination-changed', { from, to: termination.lastWorkingMoment, source: termination.source });
}

function labelOf({ decision }: CaseIn<'finished'>): string {
  return decision?.effect.label ?? 'What was decided';
}

function late(fault: EventFault | undefined): Verdict {
  return fault && { kind: 'late', fault };
}

/** The case starts again from the beginning, for its execution is gone. */
function takenOver(existing: OffboardingCase, termination: Termination, by: TakenUpBy): CaseIn<'opened'> {
  const facts = { previousExecution: existing.executionArn, statusThen: existing.status };
  return startedAnew(existing, by, {
    termination,
    entry: { code: 'case-taken-over', facts },
    revision: existing.revision,
  });
}

/** `isForPerson` where nothing but this entry shows an execution that was killed that it had noted the report. */
function reportEntry(report: HrReport, { now, executionArn }: TakenUpBy, isForPerson: boolean): NewEntry {
  const said = report.kind === 'terminated' ? report.termination : report.takenBack;
  const { source, operator, reportedAt, eventId } = said;
  const facts = {
    ...{ said: report.kind, source, ...(operator && { operator: operator.arn }), reportedAt, eventId },
    ...(isForPerson && { execution: executionArn }),
  };
  return { at: now.toISOString(), step: OPEN_CASE, code: 'further-report', facts };
}

function isNotedBy({ timeline }: OffboardingCase, { code, facts = {} }: NewEntry): boolean {
  return timeline.some(
    (one) => one.code === code && one.facts?.execution === facts.execution && one.facts?.eventId === facts.eventId,
  );
}
