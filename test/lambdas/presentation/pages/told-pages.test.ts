import { describe, expect, it } from 'vitest';
import { renderClosedPage } from '../../../../lambdas/presentation/pages/closed-page.ts';
import { renderDecidedPage } from '../../../../lambdas/presentation/pages/decided-page.ts';
import { renderRefusedPage } from '../../../../lambdas/presentation/pages/refused-page.ts';
import { DECISION_OF_TWO, EXAMPLE_DECISION, EXAMPLE_VIEW, HOSTILE_NAME } from '../text/example-view.ts';

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

  it('names both who decided where two were needed, each with the time and the reason', () => {
    const page = renderDecidedPage({ ...decided, decision: DECISION_OF_TWO });
    expect(page).toContain('Sam Lee and Alex Kim decided: Delete the account and its vault');
    for (const words of ['09:10:00', '10:30:00', 'Shared account of a closed branch.', 'Nothing to keep.', 'Payroll']) {
      expect(page).toContain(words);
    }
  });

  it('names HR, who has no address, without a role', () => {
    const approver = { displayName: 'HR (hr.example)', role: 'hr' };
    const page = renderDecidedPage({ ...decided, decision: { ...EXAMPLE_DECISION, approver, votes: [] } });
    expect(page).toContain('HR (hr.example) decided');
    expect(page).toContain('<bdi>HR (hr.example)</bdi>');
  });

  it('offers the way back while there is one, and says until when and for whom', () => {
    const page = renderDecidedPage({ ...decided, undo: { until: '2026-03-13T09:45:00Z' } });
    expect(page).toContain('<input type="hidden" name="action" value="undo">');
    expect(page).toContain('Everybody who was asked can, until Fri, 13 March 2026, 10:45:00 Europe/Berlin');
  });

  it('says when it was too late to take the decision back', () => {
    expect(renderDecidedPage({ ...decided, isUndoTooLate: true })).toContain(
      'It was too late to take the decision back.',
    );
    expect(renderDecidedPage(decided)).not.toContain('too late');
  });

  it('tells first that a decision no longer holds, and who took it back', () => {
    const outcome = { kind: 'undone', summary: 'Nothing was deleted.' } as const;
    const undone = { by: 'sam.lee@example.com', at: '2026-03-13T09:40:00Z', reason: 'The wrong Jane.' };
    const page = renderDecidedPage({ ...decided, outcome, undone });
    expect(page).toContain('<title>Taken back: ');
    expect(page.indexOf('The decision was taken back')).toBeLessThan(page.indexOf('Alex Kim had decided'));
    for (const words of ['sam.lee@example.com', '10:40:00', 'The wrong Jane.', 'take the case up again']) {
      expect(page).toContain(words);
    }
  });

  it('offers no form', () => {
    expect(renderDecidedPage(decided)).not.toMatch(/<form|<button|<input/);
  });
});

describe('a closed link', () => {
  it.each([
    ['unknown', 'This link is not known'],
    ['expired', 'The account stays disabled.'],
    ['withdrawn', 'HR cancelled the termination.'],
    ['ended', 'There is nothing left to decide.'],
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
