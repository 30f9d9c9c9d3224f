import { describe, expect, it } from 'vitest';
import { alarmsAt, escalatesAt, remindersDue, reminderTimes } from '../../../lambdas/domain/reminders.ts';

function asked(change: { requestedAt?: string; expiresAt?: string; timeZone?: string } = {}) {
  // A Tuesday morning in London.
  return {
    requestedAt: '2026-11-24T09:00:00Z',
    expiresAt: '2026-12-01T09:00:00Z',
    timeZone: 'Europe/London',
    ...change,
  };
}

const times = (change = {}) => reminderTimes(asked(change)).map((at) => at.toISOString());

describe('reminders', () => {
  it('come after four hours, then at ever longer intervals, within working hours, and end before the approval does', () => {
    expect(times()).toEqual([
      '2026-11-24T13:00:00.000Z',
      '2026-11-25T09:00:00.000Z',
      '2026-11-25T13:00:00.000Z',
      '2026-11-27T09:00:00.000Z',
      '2026-11-30T09:00:00.000Z',
    ]);
  });

  it('wait for the approver’s own morning, over a weekend if need be', () => {
    // Friday 15:00 in Los Angeles: four hours later the week is over.
    const [first] = times({
      requestedAt: '2026-11-27T23:00:00Z',
      expiresAt: '2026-12-04T23:00:00Z',
      timeZone: 'America/Los_Angeles',
    });
    expect(first).toBe('2026-11-30T17:00:00.000Z');
  });

  it('are counted as due only once their time has come', () => {
    expect(remindersDue(asked(), new Date('2026-11-24T12:59:59Z'))).toBe(0);
    expect(remindersDue(asked(), new Date('2026-11-24T13:00:00Z'))).toBe(1);
    expect(remindersDue(asked(), new Date('2026-11-30T10:00:00Z'))).toBe(5);
  });

  it('do not exist for an approval that ends before the first of them', () => {
    expect(times({ expiresAt: '2026-11-24T12:00:00Z' })).toEqual([]);
  });
});

describe('an approval that nobody answers', () => {
  it('is put to the fallback approvers after three reminders, or halfway if that is sooner', () => {
    expect(escalatesAt(asked()).toISOString()).toBe('2026-11-25T13:00:00.000Z');
    expect(escalatesAt(asked({ expiresAt: '2026-11-24T11:00:00Z' })).toISOString()).toBe('2026-11-24T10:00:00.000Z');
  });

  it('alarms operators three quarters of the way', () => {
    expect(alarmsAt(asked({ expiresAt: '2026-11-28T09:00:00Z' })).toISOString()).toBe('2026-11-27T09:00:00.000Z');
  });
});
