import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  type ChainedEntry,
  canonicalJson,
  chain,
  chainedEntrySchema,
  firstBrokenEntry,
} from '../../../lambdas/domain/evidence.ts';
import type { TimelineEntry } from '../../../lambdas/domain/timeline.ts';

const entries: TimelineEntry[] = [
  { at: '2026-11-21T10:00:00.000Z', step: 'Open case', code: 'case-opened', what: 'case opened' },
  {
    at: '2026-11-21T10:00:01.000Z',
    step: 'Disable account',
    code: 'account-disabled',
    what: 'account disabled',
    facts: { userId: '7' },
  },
  { at: '2026-11-21T10:05:00.000Z', step: 'Request approval', code: 'decision-recorded', what: 'decision recorded' },
];

describe('the evidence chain', () => {
  it('fits when nothing was touched', () => {
    expect(firstBrokenEntry('case-1', chain('case-1', entries))).toBeUndefined();
  });

  it.each([
    [
      'an entry is changed',
      (sealed: ReturnType<typeof chain>) => sealed.with(1, { ...at(sealed, 1), what: 'nothing' }),
      1,
    ],
    [
      'an entry gets another code',
      (sealed: ReturnType<typeof chain>) => sealed.with(1, { ...at(sealed, 1), code: 'nobody-found' }),
      1,
    ],
    ['an entry loses its code', (sealed: ReturnType<typeof chain>) => sealed.with(1, withoutCode(at(sealed, 1))), 1],
    [
      'an entry gets a field that was not sealed',
      (sealed: ReturnType<typeof chain>) => sealed.with(1, { ...at(sealed, 1), approvedBy: 'Sam Lee' }),
      1,
    ],
    ['an entry is dropped', (sealed: ReturnType<typeof chain>) => sealed.toSpliced(1, 1), 1],
    ['entries change places', (sealed: ReturnType<typeof chain>) => [at(sealed, 1), at(sealed, 0), at(sealed, 2)], 0],
    ['it is put under another case', (sealed: ReturnType<typeof chain>) => sealed, 0, 'case-2'],
  ])('breaks when %s', (_what, tamper, brokenAt, subject = 'case-1') => {
    const read = z.array(chainedEntrySchema).parse(tamper(chain('case-1', entries)));

    expect(firstBrokenEntry(subject, read)).toBe(brokenAt);
  });

  it('does not depend on the order in which an object was built', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 'x' })).toBe(canonicalJson({ a: 'x', b: [{ c: 2, d: 1 }] }));
  });
});

function withoutCode({ code: _code, ...entry }: ChainedEntry): ChainedEntry {
  return entry;
}

function at<Entry>(list: readonly Entry[], index: number): Entry {
  const entry = list[index];
  if (entry === undefined) throw new RangeError(`no entry ${index}`);
  return entry;
}
