import { Duration } from 'aws-cdk-lib';
import { z } from 'zod';

/** An ISO 8601 duration of days, hours, minutes and seconds, such as "P7D" or "PT30M", within limits that are part of it. */
export function isoDuration(limits: { readonly min: Duration; readonly max: Duration }) {
  return parsed(Duration.parse).refine(
    (duration) => duration.toSeconds() >= limits.min.toSeconds() && duration.toSeconds() <= limits.max.toSeconds(),
    `must be between ${limits.min.toIsoString()} and ${limits.max.toIsoString()}`,
  );
}

// Seven years hold one or two leap days; counted as 366 days each, a retention never ends a day early.
const DAYS_A_YEAR = 366;

/** A retention in whole years or days, such as "P7Y" or "P90D". */
export function isoRetention() {
  return parsed((text) => {
    const [, count, unit] = /^P([1-9]\d{0,4})([YD])$/.exec(text) ?? [];
    if (count === undefined) throw new TypeError('not a retention');
    return Duration.days(Number(count) * (unit === 'Y' ? DAYS_A_YEAR : 1));
  });
}

function parsed(parse: (text: string) => Duration) {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not an ISO 8601 duration' });
      return z.NEVER;
    }
  });
}
