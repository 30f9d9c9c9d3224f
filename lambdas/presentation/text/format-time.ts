/**
 * A moment as people read it: in the leaver's zone with its offset, then in UTC.
 * A zone unknown here shows UTC alone, because a page that fails over a zone's name would keep people from deciding.
 */
export function momentLines(moment: string, timeZone: string): readonly string[] {
  const utc = `${wallTime(moment, 'UTC')} UTC`;
  if (timeZone === 'UTC' || !isKnownZone(timeZone)) return [utc];
  return [`${wallTime(moment, timeZone)} ${timeZone} (${offsetOf(moment, timeZone)})`, utc];
}

/** The same moment within a sentence, where UTC stands nearby: in the leaver's zone with its offset. */
export function formatTime(moment: string, timeZone: string): string {
  return momentLines(moment, timeZone)[0] ?? '';
}

/** The zone in which an approver is shown times: their own, or the leaver's where theirs is not configured. */
export function zoneShownTo(view: {
  readonly approver: { readonly timeZone?: string | undefined };
  readonly timeZone: string;
}): string {
  return view.approver.timeZone ?? view.timeZone;
}

const UNITS = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
] as const;

/** A span in its two largest units, such as "2 minutes 5 seconds". Below one second, and for clocks that disagree: "less than a second". */
export function formatDuration(seconds: number): string {
  let rest = Math.floor(seconds);
  if (rest < 1) return 'less than a second';
  const counts = UNITS.map((unit) => {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    return { name: unit.name, count };
  });
  const first = counts.findIndex(({ count }) => count > 0);
  return counts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}${count === 1 ? '' : 's'}`)
    .join(' ');
}

function wallTime(moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
    .format(new Date(moment))
    .replace(' at ', ', ');
}

function offsetOf(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(moment),
  );
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 'UTC+00:00' : name.replace('GMT', 'UTC');
}

function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone });
    return true;
  } catch {
    return false;
  }
}
