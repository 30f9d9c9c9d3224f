import { addReport, type HrReport, type ReportHistory, resolveIntent } from '../domain/hr-report.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { OffboardingCase } from '../domain/offboarding-case.ts';
import type { Termination } from '../domain/termination.ts';

/** A report as it counts for a case, by the address that the case has. */
type AddressReading =
  | {
      readonly kind: 'read';
      readonly report: HrReport;
      /** It names another address, which is not taken over. */
      readonly isAddressKept: boolean;
      /** What was reported before, with the address that an operator gives. */
      readonly known?: ReportHistory;
    }
  /** Nothing stands, so that only the address could say whom the report is about. */
  | { readonly kind: 'refused' };

/**
 * Whoever gives a known termination another address would have another account disabled. So the address is only replaced
 * by an operator; of another's report the moment counts, for the account that was reported first, while that report stands.
 */
export function aboutKnownAddress(existing: OffboardingCase, before: ReportHistory, report: HrReport): AddressReading {
  const unchanged = { kind: 'read', report, isAddressKept: false } as const;
  const isKnown = before.dated !== undefined || before.immediate !== undefined;
  if (report.kind === 'taken back' || !isKnown) return unchanged;
  const { termination } = report;
  const { workEmail, displayName } = existing.termination;
  if (isSameAddress(workEmail, termination.workEmail)) return unchanged;
  if (termination.operator) {
    const isNews = addReport(before, report) !== before;
    return isNews ? { ...unchanged, known: readdressed(before, termination) } : unchanged;
  }
  const kept: HrReport = { kind: 'terminated', termination: { ...termination, workEmail, displayName } };
  const isRefused = resolveIntent(before)?.kind !== 'due' && addReport(before, kept) !== before;
  return isRefused ? { kind: 'refused' } : { kind: 'read', report: kept, isAddressKept: true };
}

function readdressed(
  { dated, immediate, takenBack }: ReportHistory,
  { workEmail, displayName }: Termination,
): ReportHistory {
  const at = (known: Termination | undefined) => known && { ...known, workEmail, displayName };
  return {
    ...(dated && { dated: at(dated) }),
    ...(immediate && { immediate: at(immediate) }),
    ...(takenBack && { takenBack }),
  };
}
