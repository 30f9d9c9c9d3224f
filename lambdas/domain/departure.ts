import { resolveIntentOfAll } from './hr-report.ts';
import { historiesOf, type OffboardingCase } from './offboarding-case.ts';

/** That somebody is reported as a leaver. */
export interface Departure {
  /** By our own clock, when their case was first opened: what HR says of its own time could be dated back. */
  readonly since: string;
}

/**
 * Whether the leaver of this case still is one: HR has not taken it back, and the account was not given back. From the
 * report on, not from the last working moment: whoever knows that they go has reasons of their own.
 */
export function departureIn(current: OffboardingCase): Departure | undefined {
  if (resolveIntentOfAll(Object.values(historiesOf(current)))?.kind === 'taken back') return undefined;
  const isBack =
    current.status === 'finished' && (current.outcome.kind === 'withdrawn' || current.outcome.kind === 'reinstated');
  return isBack ? undefined : { since: current.openedAt };
}
