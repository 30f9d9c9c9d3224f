import type { CaseStore } from '../cases/case-store.ts';
import { addActiveAgain } from '../domain/active-again.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { parkedIdOf } from '../domain/hr-events/parked-event.ts';
import { resolveIntent, type TakenBack } from '../domain/hr-report.ts';
import { historiesOf, type OffboardingCase } from '../domain/offboarding-case.ts';
import { appendTimeline, type NewEntry } from '../domain/timeline.ts';
import { OPEN_CASE } from './case-transitions.ts';
import { duplicateOf, type OpenCaseResult } from './open-case-result.ts';
import { type Delivery, type ParkEventDeps, parkEvent } from './park-event.ts';

interface ParkActiveAgainDeps extends ParkEventDeps {
  readonly cases: Pick<CaseStore, 'replace'>;
}

/**
 * A system that may not take the termination back says that the leaver is active: parked, told, and until a person has
 * looked nothing irreversible happens to the account. One that is older than every report that stands is not told.
 */
export async function parkActiveAgain(
  deps: ParkActiveAgainDeps,
  delivery: Delivery,
  { existing, said }: { readonly existing: OffboardingCase; readonly said: TakenBack },
): Promise<OpenCaseResult> {
  if (isOutdated(existing, said)) return duplicateOf(existing);
  const fault = activeAgain();
  const noted = withActiveAgain(existing, said, { parkedId: parkedIdOf(delivery.event), now: deps.now() });
  if (noted === 'known') return duplicateOf(existing);
  // Parked first: after a crash between the two writes this runs again, and must still find its report to be new.
  const { parkedId } = await parkEvent(deps, delivery, [fault]);
  if (noted.next !== existing) await deps.cases.replace(existing, noted.next);
  return noted.isToBeTold
    ? { route: 'too late', caseId: existing.caseId, parkedId, fault }
    : { route: 'parked', parkedId };
}

/** The case with what was said on record, and whether people have to hear of it; `known` where it is no news at all. */
export function withActiveAgain(
  existing: OffboardingCase,
  { source, reportedAt }: TakenBack,
  { parkedId, now }: { readonly parkedId: string; readonly now: Date },
): { readonly next: OffboardingCase; readonly isToBeTold: boolean } | 'known' {
  // Behind the final gate it comes too late: what is being carried out must not be written past.
  if (existing.status === 'committed') return { next: existing, isToBeTold: true };
  const heardAt = now.toISOString();
  // A clock that runs ahead must not keep a later report from counting.
  const said = { source, reportedAt: reportedAt < heardAt ? reportedAt : heardAt, heardAt, parkedId };
  const news = addActiveAgain(existing, said);
  if (news.kind === 'known') return news.isStanding ? { next: existing, isToBeTold: true } : 'known';
  const facts = { source, reportedAt, parkedId };
  const entry: NewEntry = { at: heardAt, step: OPEN_CASE, code: 'reported-active-again', facts };
  const timeline = news.kind === 'new' ? appendTimeline(existing, entry) : existing.timeline;
  return { next: { ...existing, activeAgain: news.all, timeline }, isToBeTold: news.kind === 'new' };
}

function isOutdated(existing: OffboardingCase, { reportedAt }: TakenBack): boolean {
  const due = Object.values(historiesOf(existing)).flatMap((history) => {
    const intent = resolveIntent(history);
    return intent?.kind === 'due' ? intent.termination : [];
  });
  return due.every((report) => reportedAt <= report.reportedAt);
}

function activeAgain(): EventFault {
  return {
    field: 'detail.data.employee',
    problem:
      'is a person whose account is disabled, or about to be, and who is active again, says a system that may not take it back',
    remedy:
      'ask HR; if the person has left all the same: offboard clear CASE; if not, have the report taken back by whoever made it, or let the approvers reinstate',
  };
}
