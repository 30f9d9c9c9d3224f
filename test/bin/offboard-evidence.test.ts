import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalJson, chain, sha256 } from '../../lambdas/domain/evidence.ts';
import type { TimelineEntry } from '../../lambdas/domain/timeline.ts';
import { runOffboard } from './run-offboard.ts';

/** Evidence as earlier versions sealed it, byte by byte. */
const SEALED_BEFORE = join(import.meta.dirname, '../fixtures/sealed-evidence');

const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const caseId = 'case-0123456789abcdef01234567';
const entries: TimelineEntry[] = [
  { at: '2026-11-21T10:00:05.000Z', step: 'Open case', code: 'case-opened', what: 'case opened' },
  { at: '2026-11-21T10:00:06.000Z', step: 'Disable account', code: 'account-disabled', what: 'account disabled' },
  {
    at: '2026-11-21T11:00:00.000Z',
    step: 'Request approval',
    code: 'decision-recorded',
    what: 'decision recorded',
    facts: { effect: 'Keep it' },
  },
];
const timeline = chain(caseId, entries);
const sealed = { schemaVersion: 2, kind: 'case', caseId, outcome: { kind: 'carried-out' }, timeline };
const recorded = sha256(canonicalJson(sealed));

/** `offboard evidence verify` on this content, which stands in a file. */
function verify(content: unknown, ...options: string[]) {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : canonicalJson(content));
  return runOffboard(['evidence', 'verify', file, ...options]);
}

describe('offboard evidence verify FILE', () => {
  it.concurrent('what was sealed holds, and says what it was compared with', async () => {
    const alone = await verify(sealed);
    expect(alone).toMatchObject({ code: 0, printed: expect.stringMatching(/3, chain intact[\s\S]*not compared/) });
    const compared = await verify(sealed, '--sha256', recorded);
    expect(compared).toMatchObject({ code: 0, printed: expect.stringContaining('the same as recorded') });
  });

  const [first, second, third] = timeline;
  it.concurrent.each([
    { how: 'changed', at: 2, entries: [first, { ...second, what: 'account enabled' }, third] },
    { how: 'dropped', at: 2, entries: [first, third] },
    { how: 'moved', at: 1, entries: [second, first, third] },
    { how: 'taken from another case', at: 1, entries: chain('case-of-somebody-else', entries) },
  ])('an entry that was $how is found', async ({ at, entries: found }) => {
    const ran = await verify({ ...sealed, timeline: found }, '--json');
    expect(ran).toMatchObject({ code: 1, complained: expect.stringContaining(`entry ${at} of the timeline`) });
    expect(ran.json()).toMatchObject({ isIntact: false, isChainIntact: false });
  });

  it.concurrent('what was sealed before entries had codes holds, and a code that is put into it is found', async () => {
    const text = readFileSync(join(SEALED_BEFORE, 'v1', 'carried-out.json'), 'utf8');
    const before = await verify(text, '--sha256', 'edd8604159f6fa5a062b5c6742dcb7d95b10d8534df398cc7d7537342bdecc11');
    expect(before).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/10, chain intact[\s\S]*the same as recorded/),
    });
    const changed = await verify(text.replace('"what":"case opened"', '"code":"case-opened","what":"case opened"'));
    expect(changed).toMatchObject({ code: 1, complained: expect.stringContaining('entry 1 of the timeline') });
  });

  it.concurrent('a change beside the timeline shows against the recorded hash', async () => {
    const ran = await verify({ ...sealed, outcome: { kind: 'failed' } }, '--sha256', recorded);
    expect(ran).toMatchObject({ code: 1, printed: expect.stringContaining('NOT the one recorded') });
  });

  it.concurrent.each(['{"kind":"execution"}', 'no JSON'])('%s is no evidence of a case', async (content) => {
    expect(await verify(content)).toMatchObject({
      code: 2,
      printed: '',
      complained: expect.stringContaining('SUBJECT'),
    });
  });
});
