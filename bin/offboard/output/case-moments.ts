import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';

/** When a case came into its status, ISO 8601 UTC. */
export function standingSince(found: OffboardingCase): string {
  switch (found.status) {
    case 'opened':
      return found.openedAt;
    case 'disabled':
      return found.disabledAt;
    case 'asked':
      return found.approval.requestedAt;
    case 'decided':
      return found.decision.decidedAt;
    case 'committed':
      return found.committedAt;
    case 'finished':
      return found.finishedAt;
  }
}

/** What a case waits for: the last working moment, the end of the approval, or the end of the hold. */
export function deadlineOf(found: OffboardingCase): string | undefined {
  if (found.status === 'opened') return found.termination.lastWorkingMoment;
  if (found.status === 'asked') return found.approval.expiresAt;
  return found.status === 'decided' ? found.holdUntil : undefined;
}

const UNITS = [
  { suffix: 'd', ms: 86_400_000 },
  { suffix: 'h', ms: 3_600_000 },
  { suffix: 'min', ms: 60_000 },
] as const;

/** A span in its largest unit, short enough for a table: "3 d", "5 h", "12 min", "now". */
export function shortSpan(ms: number): string {
  const unit = UNITS.find((candidate) => Math.abs(ms) >= candidate.ms);
  return unit ? `${Math.floor(Math.abs(ms) / unit.ms)} ${unit.suffix}` : 'now';
}
