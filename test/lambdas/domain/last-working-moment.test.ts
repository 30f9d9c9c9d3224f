import { describe, expect, it } from 'vitest';
import { readLastWorkingMoment } from '../../../lambdas/domain/hr-events/last-working-moment.ts';

describe('the last working moment', () => {
  it.each([
    // A bare date is the whole of that day where the leaver works.
    ['2026-11-30', 'Europe/Berlin', '2026-11-30T23:00:00Z'],
    ['2026-11-30', 'Australia/Melbourne', '2026-11-30T13:00:00Z'],
    ['2026-11-30', 'America/Los_Angeles', '2026-12-01T08:00:00Z'],
    ['2026-11-30', 'Asia/Kathmandu', '2026-11-30T18:15:00Z'],
    ['2026-11-30', 'Pacific/Chatham', '2026-11-30T10:15:00Z'],
    ['2026-11-30', 'America/Sao_Paulo', '2026-12-01T03:00:00Z'],
    // Days of 23 and of 25 hours, and the days around them, on both sides of the equator.
    ['2026-10-03', 'Australia/Melbourne', '2026-10-03T14:00:00Z'],
    ['2026-10-04', 'Australia/Melbourne', '2026-10-04T13:00:00Z'],
    ['2026-04-04', 'Australia/Melbourne', '2026-04-04T13:00:00Z'],
    ['2026-04-05', 'Australia/Melbourne', '2026-04-05T14:00:00Z'],
    ['2026-09-26', 'Pacific/Chatham', '2026-09-26T11:15:00Z'],
    ['2026-09-27', 'Pacific/Chatham', '2026-09-27T10:15:00Z'],
    ['2026-04-04', 'Pacific/Chatham', '2026-04-04T10:15:00Z'],
    ['2026-04-05', 'Pacific/Chatham', '2026-04-05T11:15:00Z'],
    ['2026-03-07', 'America/Los_Angeles', '2026-03-08T08:00:00Z'],
    ['2026-10-31', 'America/Los_Angeles', '2026-11-01T07:00:00Z'],
    // Where clocks no longer change. In São Paulo they did until 2019, and at midnight: that day ended at one o'clock.
    ['2026-07-15', 'America/Sao_Paulo', '2026-07-16T03:00:00Z'],
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-05T02:00:00Z'],
    ['2026-07-15', 'Asia/Kathmandu', '2026-07-15T18:15:00Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00Z'],
    ['2026-03-08', 'America/Los_Angeles', '2026-03-09T07:00:00Z'],
    ['2026-11-01', 'America/Los_Angeles', '2026-11-02T08:00:00Z'],
    // A wall time in its zone; an offset of its own wins over the zone.
    ['2026-11-30T17:00', 'Europe/Berlin', '2026-11-30T16:00:00Z'],
    ['2026-11-30T17:00:00+01:00', 'Australia/Melbourne', '2026-11-30T16:00:00Z'],
    ['2026-11-30T17:00:00Z', undefined, '2026-11-30T17:00:00Z'],
    // A wall time that happens twice means the first: access ends sooner rather than later.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T00:30:00Z'],
    ['2026-11-01T01:30', 'America/Los_Angeles', '2026-11-01T08:30:00Z'],
    ['2026-03-08T02:30', 'America/Los_Angeles', '2026-03-08T09:30:00Z'],
    ['2026-04-05T02:30', 'Australia/Melbourne', '2026-04-04T15:30:00Z'],
    ['2026-10-04T02:30', 'Australia/Melbourne', '2026-10-03T15:30:00Z'],
    ['2026-04-05T03:15', 'Pacific/Chatham', '2026-04-04T13:30:00Z'],
    ['2026-09-27T03:00', 'Pacific/Chatham', '2026-09-26T13:15:00Z'],
  ])('%s in %s is %s', (text, timeZone, at) => {
    expect(readLastWorkingMoment(text, timeZone)).toEqual({ kind: 'moment', at });
  });

  it('is never guessed for a bare date without a zone', () => {
    expect(readLastWorkingMoment('2026-11-30', undefined)).toMatchObject({ kind: 'fault', field: 'timeZone' });
  });

  it.each(['Mars/Olympus', '+02:00', 'Berlin'])('is never guessed for the zone %s', (timeZone) => {
    expect(readLastWorkingMoment('2026-11-30', timeZone)).toMatchObject({ kind: 'fault', field: 'timeZone' });
  });

  it.each(['30.11.2026', '2026-02-30', 'tomorrow', '2026-11-30T25:00'])('refuses %s', (text) => {
    expect(readLastWorkingMoment(text, 'UTC')).toMatchObject({ kind: 'fault', field: 'lastWorkingMoment' });
  });
});
