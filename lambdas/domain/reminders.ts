import { Temporal } from 'temporal-polyfill';

const HOUR_MS = 3_600_000;
/** After 4 h, then 8 h later, then 16 h later …: a working day's worth soon, then ever less insistent. */
const FIRST_REMINDER_MS = 4 * HOUR_MS;
/** Three reminders without an answer (28 h after the question, or later) and somebody else is asked. */
const REMINDERS_BEFORE_ESCALATION = 3;
const WORKING_DAY = { fromHour: 9, untilHour: 17, lastWeekday: 5 };

/** When reminders after `requestedAt` are due, each moved to the approver's next working hour; before `expiresAt` only. */
export function reminderTimes(asked: { requestedAt: string; expiresAt: string; timeZone: string | undefined }): Date[] {
  const times: Date[] = [];
  let at = Date.parse(asked.requestedAt);
  for (let gap = FIRST_REMINDER_MS; ; gap *= 2) {
    at += gap;
    const moved = nextWorkingHour(new Date(at), asked.timeZone ?? 'UTC');
    if (moved.getTime() >= Date.parse(asked.expiresAt)) return times;
    times.push(moved);
  }
}

/** How many reminders should have gone out by now. */
export function remindersDue(
  asked: { requestedAt: string; expiresAt: string; timeZone: string | undefined },
  now: Date,
): number {
  return reminderTimes(asked).filter((at) => at.getTime() <= now.getTime()).length;
}

/** When the fallback approvers are asked as well: after three reminders, or halfway to the end if that is sooner. */
export function escalatesAt(asked: { requestedAt: string; expiresAt: string }): Date {
  const requestedAt = Date.parse(asked.requestedAt);
  const halfway = requestedAt + (Date.parse(asked.expiresAt) - requestedAt) / 2;
  const afterReminders = requestedAt + FIRST_REMINDER_MS * (2 ** REMINDERS_BEFORE_ESCALATION - 1);
  return new Date(Math.min(halfway, afterReminders));
}

/** When operators are alarmed because a case is still undecided: three quarters of the way to its end. */
export function alarmsAt(asked: { requestedAt: string; expiresAt: string }): Date {
  const requestedAt = Date.parse(asked.requestedAt);
  return new Date(requestedAt + ((Date.parse(asked.expiresAt) - requestedAt) * 3) / 4);
}

/** The moment itself if the approver works then, otherwise the start of their next working day. */
function nextWorkingHour(moment: Date, timeZone: string): Date {
  let local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
  const isWorkingDay = () => local.dayOfWeek <= WORKING_DAY.lastWeekday;
  if (isWorkingDay() && local.hour >= WORKING_DAY.fromHour && local.hour < WORKING_DAY.untilHour) return moment;
  if (!isWorkingDay() || local.hour >= WORKING_DAY.untilHour) local = local.add({ days: 1 });
  while (!isWorkingDay()) local = local.add({ days: 1 });
  return new Date(local.withPlainTime({ hour: WORKING_DAY.fromHour }).epochMilliseconds);
}
