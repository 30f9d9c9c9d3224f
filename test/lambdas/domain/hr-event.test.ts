import { describe, expect, it } from 'vitest';
import { readHrEvent } from '../../../lambdas/domain/hr-events/hr-event.ts';
import { cancellation, terminationEvent } from '../../hr-events.ts';

const now = new Date('2026-11-21T10:00:05Z');

function faultsOf(event: unknown) {
  const reading = readHrEvent(event, { now });
  return reading.kind === 'fault' ? reading.faults : [];
}

describe('an HR event', () => {
  it('becomes a termination whose moment is settled', () => {
    const event = terminationEvent({
      data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'Europe/Berlin' },
    });
    expect(readHrEvent(event, { now })).toEqual({
      kind: 'report',
      person: { source: 'com.example.hr', employeeId: 'emp-1', workEmail: 'jane.doe@example.com' },
      caseId: expect.stringMatching(/^case-[0-9a-f]{24}$/),
      key: { source: 'com.example.hr', employeeId: 'emp-1', terminationId: 'term-1' },
      namedSource: 'hr.example.com',
      isInferred: false,
      isDatedAhead: false,
      report: {
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
          source: 'com.example.hr',
          reportedAt: '2026-11-21T10:00:00.000Z',
        },
      },
    });
  });

  it('that is immediate overrides a future date', () => {
    const event = terminationEvent({ data: { lastWorkingMoment: '2027-01-31', timeZone: 'Europe/Berlin' } });
    expect(readHrEvent(event, { now })).toMatchObject({
      report: { termination: { lastWorkingMoment: '2026-11-21T10:00:00.000Z' } },
    });
  });

  it('that is immediate is not delayed by a producer whose clock runs ahead', () => {
    const event = terminationEvent({ metadata: { occurredAt: '2026-11-22T10:00:00Z' } });
    expect(readHrEvent(event, { now })).toMatchObject({
      report: { termination: { lastWorkingMoment: now.toISOString(), reportedAt: now.toISOString() } },
    });
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
    ['a kind that does not exist', { ...terminationEvent(), 'detail-type': 'Employee Terminatd' }, 'detail-type'],
    [
      'a date that was set tomorrow, by a clock that runs ahead,',
      terminationEvent({
        data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 'UTC' },
        metadata: { occurredAt: '2026-11-22T10:00:00Z' },
      }),
      'detail.metadata.occurredAt',
    ],
    [
      'a cancellation from tomorrow, which would outweigh today’s "at once",',
      cancellation({ metadata: { occurredAt: '2026-11-22T10:00:00Z' } }),
      'detail.metadata.occurredAt',
    ],
    [
      'a place that nobody configured',
      terminationEvent({
        data: { immediate: false, lastWorkingMoment: '2026-11-30' },
        employee: { location: 'Atlantis' },
      }),
      'detail.data.employee.location',
    ],
    ['nothing in it', {}, 'detail'],
  ])('with %s is refused by the name of the field', (_what, event, field) => {
    expect(faultsOf(event).map((fault) => fault.field)).toContain(field);
  });

  const readOf = (event: unknown) => {
    const reading = readHrEvent(event, { now });
    return reading.kind === 'report' && reading.report.kind === 'terminated' ? reading.report.termination : reading;
  };
  const tooLong = 'x'.repeat(501);

  it.each<[string, Parameters<typeof terminationEvent>[0], object]>([
    [
      'a manager without an address',
      { employee: { manager: { displayName: 'Max' } } },
      { unread: ['employee.manager'] },
    ],
    [
      'a manager’s address that is none',
      { employee: { manager: { email: 'max', displayName: 'Max' } } },
      { unread: ['employee.manager'] },
    ],
    [
      'a manager whose address is not plain ASCII',
      { employee: { manager: { email: 'mäx@example.com' } } },
      { unread: ['employee.manager'] },
    ],
    ['a reason that is none', { data: { reason: 7 } }, { unread: ['reason'] }],
    [
      'a name that is too long',
      { employee: { displayName: tooLong } },
      { unread: ['employee.displayName'], displayName: 'jane.doe@example.com' },
    ],
    ['several of these', { employee: { manager: 7 }, data: { reason: 7 } }, { unread: ['employee.manager', 'reason'] }],
    [
      'what "at once" has no use for',
      { employee: { location: 7 }, data: { timeZone: 7, lastWorkingMoment: 7 } },
      { unread: ['employee.location', 'timeZone', 'lastWorkingMoment'] },
    ],
  ])('with %s is read without it, because disabling can do without', (_what, change, expected) => {
    expect(readOf(terminationEvent(change))).toMatchObject({
      workEmail: 'jane.doe@example.com',
      isImmediate: true,
      ...expected,
    });
  });

  it.each<[string, Parameters<typeof terminationEvent>[0]]>([
    [
      'null',
      {
        employee: { manager: null, location: null },
        data: { requestedBy: null, reason: null, timeZone: null, lastWorkingMoment: null },
      },
    ],
    [
      'empty text',
      {
        employee: { manager: '', location: ' ' },
        data: { requestedBy: '', reason: '', timeZone: '', lastWorkingMoment: '' },
      },
    ],
    [
      'objects of nothing',
      { employee: { manager: { email: null, displayName: '' } }, data: { requestedBy: { email: null } } },
    ],
  ])('that spells nothing as %s says nothing there, and nothing was unreadable', (_what, change) => {
    expect(readOf(terminationEvent(change))).toEqual(readOf(terminationEvent()));
  });

  it.each(['HRIS', { email: 'säm@example.com' }, 7])(
    'whose requester is no address (%j) waits for a person: whoever cannot be named could decide',
    (requestedBy) => {
      expect(faultsOf(terminationEvent({ data: { requestedBy } }))).toMatchObject([
        { field: expect.stringMatching(/^detail\.data\.requestedBy/) },
      ]);
    },
  );

  it('with a date still needs all that the date hangs on', () => {
    const dated = { immediate: false, lastWorkingMoment: '2026-11-30' };
    expect(faultsOf(terminationEvent({ data: { ...dated, timeZone: 7 } }))).toMatchObject([
      { field: 'detail.data.timeZone' },
    ]);
    expect(faultsOf(terminationEvent({ data: { ...dated, timeZone: null } }))).toMatchObject([
      { field: 'detail.data.timeZone' },
    ]);
    expect(faultsOf(terminationEvent({ data: { ...dated, immediate: 'no', timeZone: 'UTC' } }))).toMatchObject([
      { field: 'detail.data.immediate' },
    ]);
  });

  it('whose zone cannot be read is not given that of its place instead', () => {
    const event = terminationEvent({
      data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone: 7 },
      employee: { location: 'Berlin' },
    });
    expect(readHrEvent(event, { now, locations: { Berlin: 'Europe/Berlin' } })).toMatchObject({
      kind: 'fault',
      faults: [{ field: 'detail.data.timeZone' }],
    });
  });

  it('with a long reason keeps its beginning, in whole characters', () => {
    const { reason = '' } = Object(readOf(terminationEvent({ data: { reason: `${'x'.repeat(498)}👋${tooLong}` } })));
    expect([reason.length, reason.slice(496), reason.isWellFormed()]).toEqual([499, 'xx…', true]);
  });

  it('with a manager who has no name calls them by their address, and a requester may be the address alone', () => {
    const event = terminationEvent({
      employee: { manager: { email: 'max@example.com' } },
      data: { requestedBy: 'sam@example.com' },
    });
    expect(readOf(event)).toMatchObject({
      manager: { email: 'max@example.com', displayName: 'max@example.com' },
      requestedBy: 'sam@example.com',
    });
  });

  it('that takes something back is heard whatever its reason is', () => {
    expect(readHrEvent(cancellation({ data: { reason: 7 } }), { now })).toMatchObject({ kind: 'report' });
    expect(readHrEvent(cancellation({ data: { reason: null } }), { now })).toMatchObject({ kind: 'report' });
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

  const MELBOURNE = { 'Melbourne office': 'Australia/Melbourne' };

  it.each([
    ['the configured zone of the place where the leaver works', undefined, '2026-11-30T13:00:00.000Z'],
    ['HR’s own zone, which is about this person and not about a place', 'Europe/Berlin', '2026-11-30T23:00:00.000Z'],
  ])('with a bare date ends access at the end of that day in %s', (_whose, timeZone, lastWorkingMoment) => {
    const event = terminationEvent({
      data: { immediate: false, lastWorkingMoment: '2026-11-30', timeZone },
      employee: { location: ' melbourne Office' },
    });

    expect(readHrEvent(event, { now, locations: MELBOURNE })).toMatchObject({
      report: { termination: { lastWorkingMoment } },
    });
  });
});
