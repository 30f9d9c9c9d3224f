import type { Challenge } from './challenge-store.ts';

/** How long a code can be entered, and a sign-in can take. */
export const CHALLENGE_LIFETIME_MS = 10 * 60_000;

/** Tries that each code allows. */
export const TRIES_PER_CODE = 5;

const HOUR_MS = 60 * 60_000;
const MOST_PER_HOUR = 5;

/**
 * Five tries for each of twenty codes are a hundred guesses in a million on one link, however many days it is open;
 * with only an hourly limit a week would allow four thousand.
 */
const MOST_PER_LINK = 20;

type Issue =
  | { readonly kind: 'allowed'; readonly issuedAt: readonly string[] }
  /** `retryAt` is absent when this link gets no more at all. */
  | { readonly kind: 'too-often'; readonly retryAt?: string };

/** Whether one more challenge may be issued now: at most five within any hour, and twenty for a link. */
export function issueAnother(previous: Challenge | undefined, now: Date): Issue {
  const before = previous?.issuedAt ?? [];
  if (before.length >= MOST_PER_LINK) return { kind: 'too-often' };
  const anHourAgo = new Date(now.getTime() - HOUR_MS).toISOString();
  const recent = before.filter((issuedAt) => issuedAt > anHourAgo);
  const [oldest] = recent.slice(-MOST_PER_HOUR);
  if (oldest !== undefined && recent.length >= MOST_PER_HOUR) {
    return { kind: 'too-often', retryAt: new Date(Date.parse(oldest) + HOUR_MS).toISOString() };
  }
  return { kind: 'allowed', issuedAt: [...before, now.toISOString()] };
}

/** When a challenge that is issued now ends. */
export function expiryFrom(now: Date): string {
  return new Date(now.getTime() + CHALLENGE_LIFETIME_MS).toISOString();
}
