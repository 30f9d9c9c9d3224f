import fc from 'fast-check';
import type { HrReport, TakenBack } from '../lambdas/domain/hr-report.ts';

const START = Date.parse('2026-11-21T10:00:00Z');

/** Moments of HR's clock, a minute apart. */
export const MINUTES: readonly string[] = Array.from({ length: 200 }, (_, minute) => at(minute));

function at(minute: number): string {
  return new Date(START + minute * 60_000).toISOString();
}

/** HR reports, at a minute of its clock, a termination at once or some minutes from the start. */
export function terminatedAt(minute: number, how: { immediate?: boolean; inMinutes?: number } = {}) {
  const { immediate = false, inMinutes = 60 } = how;
  return {
    kind: 'terminated',
    termination: {
      terminationId: 'term-1',
      employeeId: 'emp-1',
      workEmail: 'jane.doe@example.com',
      displayName: 'Jane Doe',
      lastWorkingMoment: immediate ? at(minute) : at(inMinutes),
      timeZone: 'UTC',
      isImmediate: immediate,
      eventId: `${immediate ? 'immediate' : `dated-${inMinutes}`}-${minute}`,
      source: 'hr.example.com',
      reportedAt: at(minute),
    },
  } as const satisfies HrReport;
}

/** HR takes the termination back at a minute of its clock. */
export function takenBackAt(minute: number, kind: TakenBack['kind'] = 'cancelled') {
  const takenBack = { kind, reportedAt: at(minute), eventId: `${kind}-${minute}`, source: 'hr.example.com' };
  return { kind: 'taken back', takenBack } as const satisfies HrReport;
}

const minute = fc.integer({ min: 0, max: 20 });

const reportArbitrary: fc.Arbitrary<HrReport> = fc.oneof(
  fc.tuple(minute, fc.integer({ min: 0, max: 40 })).map(([said, inMinutes]) => terminatedAt(said, { inMinutes })),
  minute.map((said) => terminatedAt(said, { immediate: true })),
  fc
    .tuple(minute, fc.constantFrom('cancelled' as const, 'rehired' as const))
    .map(([said, kind]) => takenBackAt(said, kind)),
);

/** Anything that HR may say about one termination. */
export const reportsArbitrary = fc.array(reportArbitrary, { minLength: 1, maxLength: 8 });
