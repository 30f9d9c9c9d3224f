import { describe, expect, it } from 'vitest';
import { effectsUnder } from '../../../../lambdas/domain/effect.ts';
import { renderApprovalPage } from '../../../../lambdas/presentation/pages/approval-page.ts';
import { EXAMPLE_VIEW, HOSTILE_VIEW } from '../text/example-view.ts';

describe('the approval page', () => {
  it('says how fast access ended after HR’s report', () => {
    expect(renderApprovalPage(EXAMPLE_VIEW)).toContain('disabled 14 seconds after HR’s report');
  });

  it('counts from the last working moment when that came after the report', () => {
    const page = renderApprovalPage({ ...EXAMPLE_VIEW, terminationReportedAt: '2026-03-01T09:00:00Z' });
    expect(page).toContain('disabled 14 seconds after the last working moment');
  });

  it('claims no speed for an account that was already disabled', () => {
    const account = { ...EXAMPLE_VIEW.account, wasDisabledBefore: true };
    const page = renderApprovalPage({ ...EXAMPLE_VIEW, account });
    expect(page).toContain('already disabled before this case');
    expect(page).not.toContain('14 seconds');
  });

  it('shows each effect with its meaning, whether it can be undone, and its proof', () => {
    const page = renderApprovalPage(EXAMPLE_VIEW);
    for (const effect of effectsUnder('lastpass')) {
      const card = page.slice(page.indexOf(`value="${effect.choice}"`)).split('class="choice', 1)[0];
      expect(card).toContain(effect.label);
      expect(card).toContain(effect.meaning);
      expect(card).toContain(effect.isReversible ? 'Can be undone' : 'Cannot be undone');
      expect(card).toContain('Proof afterwards: LastPass must');
    }
  });

  it('chooses nothing beforehand', () => {
    expect(renderApprovalPage(EXAMPLE_VIEW)).not.toContain(' checked');
  });

  it('says which contract is in force, and warns about the guide’s', () => {
    const warning = 'Check the effects first';
    expect(renderApprovalPage(EXAMPLE_VIEW)).toContain('LastPass’s own help centre describes them');
    expect(renderApprovalPage(EXAMPLE_VIEW)).not.toContain(warning);
    const guided = renderApprovalPage({ ...EXAMPLE_VIEW, contract: 'guide', effects: effectsUnder('guide') });
    expect(guided).toContain(warning);
    expect(guided).toContain('Delete the account, transferring vault data');
  });

  it('warns about an administrator and tells of a leaver who never logged in', () => {
    const quiet = renderApprovalPage(EXAMPLE_VIEW);
    expect(quiet).not.toContain('The leaver is a LastPass administrator');
    expect(quiet).not.toContain('never logged in');
    const account = { ...EXAMPLE_VIEW.account, isAdmin: true, hasNeverLoggedIn: true };
    const page = renderApprovalPage({ ...EXAMPLE_VIEW, account });
    expect(page).toContain('The leaver is a LastPass administrator');
    expect(page).toContain('never logged in');
  });

  it('tells that pushed password apps stay in the vault', () => {
    expect(renderApprovalPage(EXAMPLE_VIEW)).toContain('what has arrived there, no administrator can take out again');
  });

  it('counts the groups that it leaves out', () => {
    const groups = Array.from({ length: 23 }, (_, index) => `Group ${index}`);
    const page = renderApprovalPage({ ...EXAMPLE_VIEW, account: { ...EXAMPLE_VIEW.account, groups } });
    expect(page).toContain('and 3 more');
  });

  it('promises no wait where none is set', () => {
    expect(renderApprovalPage(EXAMPLE_VIEW)).toContain('waits 15 minutes');
    expect(renderApprovalPage({ ...EXAMPLE_VIEW, holdSeconds: 0 })).not.toContain('waits');
  });

  it('escapes whatever people wrote, wherever it is shown', () => {
    const values = { choice: '"><script>', confirmAddress: '"><script>', reason: '</textarea><script>' };
    const page = renderApprovalPage(HOSTILE_VIEW, { values, errors: [{ field: 'form', message: '<script>' }] });
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toMatch(/<img|<script/i);
    // The value of a field is sent as it came and never shown.
    expect(page.replaceAll(/ value="[^"]*"/g, '')).not.toMatch(/\u202e/);
  });
});
