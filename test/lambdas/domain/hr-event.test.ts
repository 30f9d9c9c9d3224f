import { describe, expect, it } from 'vitest';
import { readHrEvent } from '../../../lambdas/domain/hr-event.ts';
import { terminationEvent } from '../../hr-events.ts';

const now = new Date('2026-11-21T10:00:05Z');

function faultsOf(event: unknown) {
  const reading = readHrEvent(event, now);
  return reading.ok ? [] : reading.faults;
}

describe('an HR event', () => {
  it('becomes a termination whose moment is settled', () => {
    const event = terminationEvent({
      data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'Europe/Berlin' },
    });
    expect(readHrEvent(event, now)).toEqual({
      ok: true,
      kind: 'terminated',
      termination: {
        terminationId: 'term-1',
        employeeId: 'emp-1',
        workEmail: 'jane.doe@example.com',
        displayName: 'Jane Doe',
        lastWorkingMoment: '2026-11-30T23:00:00.000Z',
        timeZone: 'Europe/Berlin',
        isImmediate: false,
        eventId: 'evt-1',
        source: 'hr.example.com',
        reportedAt: '2026-11-21T10:00:00.000Z',
      },
    });
  });

  it('that is immediate overrides a future date', () => {
    const event = terminationEvent({ data: { lastWorkingMoment: '2027-01-31', timeZone: 'Europe/Berlin' } });
    expect(readHrEvent(event, now)).toMatchObject({ termination: { lastWorkingMoment: '2026-11-21T10:00:00.000Z' } });
  });

  it('that is immediate is not delayed by a producer whose clock runs ahead', () => {
    const event = terminationEvent({ metadata: { occurredAt: '2026-11-22T10:00:00Z' } });
    expect(readHrEvent(event, now)).toMatchObject({ termination: { lastWorkingMoment: now.toISOString() } });
  });

  it.each([
    ['no address', terminationEvent({ employee: { workEmail: undefined } }), 'detail.data.employee.workEmail'],
    [
      'an address that is none',
      terminationEvent({ employee: { workEmail: 'jane.doe' } }),
      'detail.data.employee.workEmail',
    ],
    ['no employee id', terminationEvent({ employee: { id: '' } }), 'detail.data.employee.id'],
    [
      'a bare date and no zone',
      terminationEvent({ data: { immediate: false, lastWorkingMoment: '2026-11-30' } }),
      'detail.data.timeZone',
    ],
    [
      'an unknown zone',
      terminationEvent({ data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'Mars/Olympus' } }),
      'detail.data.timeZone',
    ],
    ['no moment at all', terminationEvent({ data: { immediate: false } }), 'detail.data.lastWorkingMoment'],
    [
      'a moment beyond what one execution can wait for',
      terminationEvent({ data: { immediate: false, lastWorkingMoment: '2027-11-30', timeZone: 'UTC' } }),
      'detail.data.lastWorkingMoment',
    ],
    ['another schema', terminationEvent({ metadata: { schemaVersion: '2' } }), 'detail.metadata.schemaVersion'],
    [
      'a kind that is not acted on',
      { ...terminationEvent(), 'detail-type': 'Employee Termination Rescheduled' },
      'detail-type',
    ],
    ['nothing in it', {}, 'detail'],
  ])('with %s is refused by the name of the field', (_what, event, field) => {
    expect(faultsOf(event).map((fault) => fault.field)).toContain(field);
  });

  it('is refused without repeating what it said about anybody', () => {
    const event = terminationEvent({
      employee: { workEmail: 'jane.doe at example', displayName: 7 },
      metadata: { eventId: '' },
    });
    const faults = faultsOf(event);
    expect(faults).toHaveLength(3);
    expect(JSON.stringify(faults)).not.toContain('jane');
  });
});
