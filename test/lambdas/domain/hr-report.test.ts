import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addReport,
  type HrReport,
  isEffective,
  type ReportHistory,
  resolveIntent,
} from '../../../lambdas/domain/hr-report.ts';
import { MINUTES, reportsArbitrary, takenBackAt, terminatedAt } from '../../hr-reports.ts';

const historyOf = (reports: readonly HrReport[]): ReportHistory => reports.reduce(addReport, {});

describe('what HR wants', () => {
  it.each([
    ['a termination that was cancelled later', [terminatedAt(0), takenBackAt(1)], 'taken back'],
    ['one that was cancelled in the same tick of HR’s clock', [terminatedAt(0), takenBackAt(0)], 'taken back'],
    ['one that was reported again after a cancellation', [terminatedAt(0), takenBackAt(1), terminatedAt(2)], 'due'],
    ['a cancellation of which the termination is not known', [takenBackAt(1)], 'taken back'],
    ['a rehire after the termination', [terminatedAt(0), takenBackAt(1, 'rehired')], 'taken back'],
  ] as const)('%s, in any order', (_what, reports, kind) => {
    for (const order of [reports, reports.toReversed()]) expect(resolveIntent(historyOf(order))?.kind).toBe(kind);
  });

  it('is the date that HR gave last, however late an older one arrives', () => {
    const [first, moved] = [terminatedAt(0, { inMinutes: 60 }), terminatedAt(5, { inMinutes: 30 })];
    for (const order of [
      [first, moved],
      [moved, first],
    ])
      expect(resolveIntent(historyOf(order))).toEqual({ kind: 'due', termination: moved.termination });
  });

  it('is "at once" for a dismissal for cause, even if a form repeats the old date afterwards', () => {
    const [atOnce, repeated] = [terminatedAt(1, { immediate: true }), terminatedAt(2, { inMinutes: 60 })];
    for (const order of [
      [atOnce, repeated],
      [repeated, atOnce],
    ])
      expect(resolveIntent(historyOf(order))).toEqual({ kind: 'due', termination: atOnce.termination });
  });

  it('is no longer "at once" after HR took it back; a date given since then counts', () => {
    const dated = terminatedAt(3, { inMinutes: 60 });
    const reports = [terminatedAt(1, { immediate: true }), takenBackAt(2), dated];
    for (const order of [reports, reports.toReversed()]) {
      expect(resolveIntent(historyOf(order))).toEqual({ kind: 'due', termination: dated.termination });
    }
  });

  it('is not "at once" again because a producer’s clock, running ahead, dates each delivery anew', () => {
    const report = terminatedAt(1, { immediate: true });
    const redelivered = { ...report, termination: { ...report.termination, reportedAt: MINUTES[9] ?? '' } };

    expect(resolveIntent(historyOf([report, takenBackAt(2), redelivered]))?.kind).toBe('taken back');
  });

  it('depends neither on order nor on duplicates', () => {
    fc.assert(
      fc.property(reportsArbitrary, fc.infiniteStream(fc.nat()), (reports, random) => {
        const shuffled = reports
          .flatMap((report) => [report, report])
          .map((report) => [random.next().value ?? 0, report] as const)
          .sort(([one], [other]) => one - other)
          .map(([, report]) => report);
        expect(resolveIntent(historyOf(shuffled))).toEqual(resolveIntent(historyOf(reports)));
      }),
      { numRuns: 500 },
    );
  });

  it('is what one of HR’s own reports says', () => {
    fc.assert(
      fc.property(reportsArbitrary, (reports) => {
        const intent = resolveIntent(historyOf(reports));
        expect(reports.some((report) => isEffective(report, intent))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
