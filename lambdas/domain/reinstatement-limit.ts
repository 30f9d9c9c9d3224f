/** One cancellation that would have a disabled account enabled again. */
export interface Attempt {
  /** The same for each delivery of the same cancellation. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly isAdmitted: boolean;
}

const HOUR_MS = 3_600_000;

// An item has room for thousands; a flood is over the limit long before, and its oldest attempts need not be known.
const KEPT = 200;

/**
 * Whether an attempt is within so many an hour. Refused ones count as well: whoever holds a stolen key and keeps trying
 * gets nothing enabled until an hour of quiet, or a person, ends it.
 * @returns the attempts to keep, if there is one more
 */
export function admitted(
  before: readonly Attempt[],
  attempt: Omit<Attempt, 'isAdmitted'>,
  perHour: number,
): { readonly answer: boolean; readonly next?: readonly Attempt[] } {
  const since = Date.parse(attempt.at) - HOUR_MS;
  const recent = before.filter(({ at }) => Date.parse(at) > since);
  const known = recent.find(({ id }) => id === attempt.id);
  if (known) return { answer: known.isAdmitted };
  const answer = recent.length < perHour;
  return { answer, next: [...recent, { ...attempt, isAdmitted: answer }].slice(-KEPT) };
}
