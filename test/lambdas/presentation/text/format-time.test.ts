import { describe, expect, it } from 'vitest';
import { formatDuration, formatTime, momentLines } from '../../../../lambdas/presentation/text/format-time.ts';

describe('a moment', () => {
  it('is shown in the leaver’s zone with its offset, and in UTC', () => {
    expect(momentLines('2026-01-31T20:30:05Z', 'Asia/Kolkata')).toEqual([
      'Sun, 1 February 2026, 02:00:05 Asia/Kolkata (UTC+05:30)',
      'Sat, 31 January 2026, 20:30:05 UTC',
    ]);
  });

  it('follows daylight saving time', () => {
    expect(formatTime('2026-07-01T12:00:00Z', 'Europe/London')).toContain('13:00:00 Europe/London (UTC+01:00)');
    expect(formatTime('2026-01-01T12:00:00Z', 'Europe/London')).toContain('12:00:00 Europe/London (UTC+00:00)');
  });

  it('shows midnight as 00, not 24', () => {
    expect(formatTime('2026-03-12T23:00:00Z', 'Europe/Berlin')).toContain('13 March 2026, 00:00:00');
  });

  it.each(['UTC', 'Mars/Olympus_Mons'])('is shown once, in UTC, for the zone %s', (timeZone) => {
    expect(momentLines('2026-03-12T16:00:14Z', timeZone)).toEqual(['Thu, 12 March 2026, 16:00:14 UTC']);
  });
});

describe('a duration', () => {
  it.each([
    [-3, 'less than a second'],
    [0.4, 'less than a second'],
    [1, '1 second'],
    [14, '14 seconds'],
    [125, '2 minutes 5 seconds'],
    [900, '15 minutes'],
    [3_661, '1 hour 1 minute'],
    [176_400, '2 days 1 hour'],
  ])('of %d seconds is "%s"', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});
