import { type Departures, departureOf } from '../cases/departures.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { appendTimeline } from '../domain/timeline.ts';

/**
 * The question as it stands now: without the first of two approvals if whoever gave it is reported as a leaver since.
 * Writes nothing; whatever is written next keeps it, with the entry that tells of it.
 */
export async function withoutLeaversApproval(
  deps: { readonly departures: Departures; readonly now: () => Date },
  asked: CaseIn<'asked'>,
): Promise<CaseIn<'asked'>> {
  const { proposal, ...open } = asked;
  if (!proposal || !(await departureOf(deps.departures, proposal.approver))) return asked;
  const timeline = appendTimeline(asked, {
    at: deps.now().toISOString(),
    step: 'Request approval',
    code: 'first-approval-void',
    facts: { approver: proposal.approver.email, why: 'reported as a leaver' },
  });
  return { ...open, timeline };
}
