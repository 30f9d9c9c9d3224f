import { describe, expect, it } from 'vitest';
import { renderClosedPage } from '../../../lambdas/approval/closed-page.ts';
import { renderDecidedPage } from '../../../lambdas/approval/decided-page.ts';
import { renderRefusedPage } from '../../../lambdas/approval/refused-page.ts';
import { EXAMPLE_DECISION, EXAMPLE_VIEW, HOSTILE_NAME } from './example-view.ts';

const decided = { ...EXAMPLE_VIEW, decision: EXAMPLE_DECISION, decidedByYou: false };

describe('a used link', () => {
  it('shows who decided what and when, with the reason', () => {
    const page = renderDecidedPage(decided);
    expect(page).toContain('Alex Kim decided: Delete the account and its vault');
    expect(page).toContain('Fri, 13 March 2026, 10:30:00 Europe/Berlin (UTC+01:00)');
    expect(page).toContain('Nothing to keep.');
  });

  it('addresses the one who decided', () => {
    expect(renderDecidedPage({ ...decided, decidedByYou: true })).toContain('You decided: Delete');
  });

  it('tells until when an irreversible decision waits', () => {
    expect(renderDecidedPage({ ...decided, holdUntil: '2026-03-13T09:45:00Z' })).toContain(
      'waits until Fri, 13 March 2026, 10:45:00 Europe/Berlin',
    );
    expect(renderDecidedPage(decided)).not.toContain('waits until');
  });

  it('calls a decision carried out only with an outcome, and shows what LastPass showed', () => {
    const outcome = {
      kind: 'carried-out',
      summary: 'The account is gone.',
      proof: { shown: 'getuserdata: not listed', at: '2026-03-13T09:45:03Z' },
    } as const;
    expect(renderDecidedPage(decided)).not.toContain('LastPass confirms it');
    const page = renderDecidedPage({ ...decided, outcome });
    expect(page).toContain('Carried out, and LastPass confirms it');
    expect(page).toContain('getuserdata: not listed');
    expect(page).not.toContain('What happens next');
  });

  it('tells what to do when a person is needed', () => {
    const failure = { state: 'Delete account', error: 'NotProvenError', message: 'Look in the Admin Console.' };
    const page = renderDecidedPage({ ...decided, outcome: { kind: 'failed', summary: 'It is not proven.', failure } });
    expect(page).toContain('A person is needed');
    expect(page).toContain('Look in the Admin Console.');
    expect(page).toContain('Delete account');
  });

  it('offers no form', () => {
    expect(renderDecidedPage(decided)).not.toMatch(/<form|<button|<input/);
  });
});

describe('a closed link', () => {
  it.each([
    ['unknown', 'This link is not known'],
    ['expired', 'The account stays disabled.'],
    ['withdrawn', 'The termination was withdrawn'],
    ['superseded', 'A newer link has replaced this one'],
  ] as const)('that is %s explains itself and what to do', (kind, words) => {
    const page = renderClosedPage(kind);
    expect(page).toContain(words);
    expect(page).toContain('What you can do');
  });

  it('names the case where there is one, escaped', () => {
    const leaver = { ...EXAMPLE_VIEW.leaver, displayName: HOSTILE_NAME };
    const page = renderClosedPage('expired', { ...EXAMPLE_VIEW, leaver, closedAt: EXAMPLE_VIEW.expiresAt });
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toMatch(/<img|\u202e/i);
    expect(page).toContain('19 March 2026, 17:00:14');
  });
});

describe('a request that is not taken', () => {
  it.each(['too-large', 'bad-form', 'method', 'cross-site'] as const)('as %s decided nothing, and says so', (kind) => {
    expect(renderRefusedPage(kind)).toContain('Nothing was decided.');
  });

  it('claims neither success nor failure after a fault', () => {
    expect(renderRefusedPage('fault')).toContain('not certain whether a decision was recorded');
    expect(renderRefusedPage('fault')).not.toContain('Nothing was decided.');
  });
});
