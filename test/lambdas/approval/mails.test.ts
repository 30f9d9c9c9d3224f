import { describe, expect, it } from 'vitest';
import { composeApprovalMail } from '../../../lambdas/approval/approval-mail.ts';
import type { ComposedMail } from '../../../lambdas/approval/mail-blocks.ts';
import { composeOutcomeMail } from '../../../lambdas/approval/outcome-mail.ts';
import { OUTCOME_KINDS } from '../../../lambdas/domain/outcome.ts';
import { EXAMPLE_DECISION, EXAMPLE_VIEW, HOSTILE_NAME, HOSTILE_VIEW } from './example-view.ts';

const link = 'https://approvals.example.com/approvals/AbCdEf0123456789';
const told = { caseId: 'case-4711-t1', leaver: EXAMPLE_VIEW.leaver, timeZone: 'Europe/Berlin' };
const carriedOut = {
  kind: 'carried-out',
  summary: 'The account is gone.',
  proof: { shown: 'getuserdata: not listed', at: '2026-03-13T09:45:03Z' },
} as const;

/** The words of a mail's HTML part as a reader sees them. */
function wordsOfHtml(html: string): readonly string[] {
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  const body = html.slice(html.indexOf('<body')).replace(/<[^>]*>/g, ' ');
  return wordsOf(body.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity));
}

/** The words of the text part, without the address of the link and without the marks of lists, quotes and headings. */
function wordsOfText(text: string): readonly string[] {
  return wordsOf(text.replaceAll(link, ' ').replace(/^(?:\* |> |-{2,}$)/gm, ' '));
}

function wordsOf(text: string): readonly string[] {
  return text.replaceAll(':', ' ').split(/\s+/).filter(Boolean);
}

function expectOneContent(mail: ComposedMail): void {
  expect(wordsOfText(mail.text)).toEqual(wordsOfHtml(mail.html));
}

describe('the approval mail', () => {
  const mail = composeApprovalMail({ ...EXAMPLE_VIEW, link });

  it('names the matter in its subject', () => {
    expect(mail.subject).toBe('Decide: LastPass account of Jane Doe (disabled)');
  });

  it('says the same in both parts', () => {
    expectOneContent(mail);
    expectOneContent(composeApprovalMail({ ...HOSTILE_VIEW, link }));
  });

  it('holds one link, the approver’s own, and loads nothing', () => {
    expect(mail.html.match(/\b(?:href|src|action|background)="[^"]*"|url\(/g)).toEqual([`href="${link}"`]);
    expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([link]);
  });

  it('says that opening the link decides nothing', () => {
    expect(mail.text).toContain('Opening the link decides nothing');
  });

  it('shows every effect in words', () => {
    for (const { label, meaning } of EXAMPLE_VIEW.effects) {
      expect(mail.text).toContain(label);
      expect(mail.text).toContain(meaning);
    }
  });

  it('lets a name bring no header, no link, no markup and no reordering', () => {
    const hostile = composeApprovalMail({ ...HOSTILE_VIEW, link });
    expect(hostile.subject).not.toMatch(/\p{Cc}|\u202e|https/u);
    expect(hostile.subject.length).toBeLessThan(140);
    expect(hostile.html).not.toMatch(/<img|\u202e/i);
    expect(hostile.html.match(/https?:\/\/[^"\s]+/g)).toEqual([link]);
    expect(hostile.text.match(/https?:\/\/\S+/g)).toEqual([link]);
    expect(hostile.text).not.toMatch(/^Bcc:/m);
  });

  it('does not carry the hash of what the page shows', () => {
    expect(mail.text + mail.html).not.toContain(EXAMPLE_VIEW.shownHash);
  });
});

describe('the outcome mail', () => {
  it('names the effect, who decided it, what LastPass showed, and the sealed record', () => {
    const evidence = { key: 'cases/case-4711-t1.json', sha256: 'ab'.repeat(32) };
    const mail = composeOutcomeMail({ ...told, outcome: carriedOut, decision: EXAMPLE_DECISION, evidence });
    expect(mail.subject).toBe('Done: Delete the account and its vault (LastPass account of Jane Doe)');
    for (const words of ['Alex Kim, IT security', 'getuserdata: not listed', 'Nothing to keep.', evidence.sha256]) {
      expect(mail.text).toContain(words);
    }
  });

  it.each([
    ['reinstated', 'enabled again'],
    ['approval-expired', 'Nobody decided in time: the account stays disabled'],
    ['nobody-found', 'under another address'],
    ['invited-only', 'Withdraw the invitation'],
  ] as const)('of a case that ended as %s says so', (kind, words) => {
    expect(composeOutcomeMail({ ...told, outcome: { kind, summary: 'It ended.' } }).text).toContain(words);
  });

  it('tells the person who is needed why, where and what to do', () => {
    const failure = { state: 'Disable account', error: 'LastPassUnavailableError', message: 'Disable it by hand.' };
    const mail = composeOutcomeMail({ ...told, outcome: { kind: 'failed', summary: 'Not disabled.', failure } });
    expect(mail.subject).toBe('A person is needed (LastPass account of Jane Doe)');
    for (const words of ['Not disabled.', 'Disable it by hand.', 'Disable account', 'LastPassUnavailableError']) {
      expect(mail.text).toContain(words);
    }
  });

  it.each(OUTCOME_KINDS)('says the same in both parts when a case ended as %s', (kind) => {
    const outcome = { ...carriedOut, kind, summary: HOSTILE_NAME };
    const mail = composeOutcomeMail({ ...told, outcome, decision: { ...EXAMPLE_DECISION, reason: HOSTILE_NAME } });
    expectOneContent(mail);
    expect(mail.html).not.toMatch(/<img|\u202e|href=/i);
  });
});
