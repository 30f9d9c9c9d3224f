import type { Brake, PauseCause } from '../../domain/brake/pause.ts';
import { nameOfOperator } from '../../domain/operator.ts';
import { formatTime } from './format-time.ts';
import { plainLine } from './plain-text.ts';

/** Since when and why deletes are paused, in a sentence or two. */
export function formatPause(brake: Exclude<Brake, { kind: 'off' }>, timeZone: string): string {
  if (brake.kind === 'unreadable') return 'Whether it may resume could not be looked up just now.';
  const { pausedAt, cause } = brake.pause;
  return `Since ${formatTime(pausedAt, timeZone)}: ${formatCause(cause)}.`;
}

export function formatCause(cause: PauseCause): string {
  if (cause.kind === 'operator')
    return `paused by ${plainLine(nameOfOperator(cause.by.arn))}, “${plainLine(cause.reason)}”`;
  const { leavers, limit } = cause;
  return `${leavers} leavers were reported within an hour; more than ${limit} is unusual here`;
}
