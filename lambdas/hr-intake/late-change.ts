import type { EventFault } from '../domain/hr-events/hr-event.ts';
import {
  type CurrentIntent,
  type HrReport,
  isEffective,
  type ReportHistory,
  resolveIntent,
} from '../domain/hr-report.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { OffboardingCase } from '../domain/offboarding-case.ts';
import type { Termination } from '../domain/termination.ts';

/** What HR asks for and can no longer be done, in the reports in which it is parked and told. */
export function tooLate(why: string): EventFault {
  return {
    field: 'detail-type',
    code: 'too late',
    problem: `comes too late: ${why}`,
    remedy: 'tell HR that it cannot be taken back any more, and look at the account in LastPass',
  };
}

/** People chose to keep the account disabled, and HR alone does not undo that. */
export function decidedByPeople(label: string): EventFault {
  return {
    field: 'detail-type',
    code: 'decided by people',
    problem: `comes after people decided, and “${label}” has been carried out: the account stays disabled`,
    remedy: 'ask whoever decided; to have the account reinstated, an operator redrives the event',
  };
}

/** More accounts than configured were to be enabled again. */
export function tooManyReinstated(): EventFault {
  return {
    field: 'detail-type',
    code: 'too many cancellations',
    problem: 'is one of more cancellations in an hour than cancellationsPerHour allows: the account stays disabled',
    remedy: 'ask HR whether they cancelled all of them; to have the account reinstated, an operator redrives the event',
  };
}

/** A report that gives the leaver of a known termination another address, which may be somebody else's. */
export function anotherAddress(): EventFault {
  return {
    field: 'detail.data.employee.workEmail',
    code: 'another address',
    problem: 'differs from the address for which this termination was reported, which is kept',
    remedy: 'ask HR whose account is meant; if it is the new address, an operator redrives the event',
  };
}

/** What HR can no longer change by another report, because the account is disabled. */
export function faultWhenDisabled(
  current: OffboardingCase,
  wanted: Termination,
  { now }: { readonly now: Date },
): EventFault | undefined {
  const remedy = 'to have the account reinstated, HR cancels the termination; then it can be reported again';
  if (!isSameAddress(current.termination.workEmail, wanted.workEmail)) {
    const problem = 'differs from the address whose account is disabled already';
    return { field: 'detail.data.employee.workEmail', problem, remedy };
  }
  if (Date.parse(wanted.lastWorkingMoment) <= now.getTime()) return undefined;
  const problem = 'lies in the future, and the account is disabled already';
  return { field: 'detail.data.lastWorkingMoment', problem, remedy };
}

/** HR took back one of several reports of the same leaver: the account must not be enabled for it, and people must know. */
export function faultIfAnotherStands(
  current: OffboardingCase,
  { report, history, intent }: { report: HrReport; history: ReportHistory; intent: CurrentIntent | undefined },
): EventFault | undefined {
  const isOneOfSeveral =
    report.kind === 'taken back' && isEffective(report, resolveIntent(history)) && intent?.kind === 'due';
  if (!isOneOfSeveral || current.status === 'finished') return undefined;
  return anotherStands();
}

export function anotherStands(): EventFault {
  return {
    field: 'detail.data.terminationId',
    problem: 'names one of several reports of the same leaver, and another one still stands',
    remedy: 'have the other report taken back as well, or let the approvers decide to reinstate',
  };
}

/** A last day that HR gives after it said "at once", say by correcting a status: it is not acted on, so people must know. */
export function faultIfOutweighed(
  current: OffboardingCase,
  { report, history }: { report: HrReport; history: ReportHistory },
  by: { readonly now: Date },
): EventFault | undefined {
  if (report.kind !== 'terminated' || current.status === 'opened' || current.status === 'finished') return undefined;
  const { termination } = report;
  const isAfterAtOnce = history.immediate !== undefined && termination.reportedAt > history.immediate.reportedAt;
  const isLatest = history.dated?.eventId === termination.eventId;
  return isAfterAtOnce && isLatest ? faultWhenDisabled(current, termination, by) : undefined;
}
