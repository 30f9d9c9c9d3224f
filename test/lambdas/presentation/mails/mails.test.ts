import { describe, expect, it } from 'vitest';
import { OUTCOME_KINDS } from '../../../../lambdas/domain/outcome.ts';
import { composeApprovalMail } from '../../../../lambdas/presentation/mails/approval-mail.ts';
import { composeDisagreementMail } from '../../../../lambdas/presentation/mails/disagreement-mail.ts';
import { composeLateChangeMail } from '../../../../lambdas/presentation/mails/late-change-mail.ts';
import type { ComposedMail } from '../../../../lambdas/presentation/mails/mail-blocks.ts';
import { composeOutcomeMail } from '../../../../lambdas/presentation/mails/outcome-mail.ts';
import { composeProposalMail } from '../../../../lambdas/presentation/mails/proposal-mail.ts';
import { composeReminderMail } from '../../../../lambdas/presentation/mails/reminder-mail.ts';
import {
  DECISION_OF_TWO,
  EXAMPLE_DECISION,
  EXAMPLE_VIEW,
  GRAVE_FACTS,
  HOSTILE_NAME,
  HOSTILE_VIEW,
  PROPOSED_VIEW,
  PROPOSER_VIEW,
} from '../text/example-view.ts';

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

describe('a mail that asks', () => {
  const graveView = { ...EXAMPLE_VIEW, facts: GRAVE_FACTS, link };
  const differing = (choice: '0' | '2', displayName: string, reason: string) => ({
    choice,
    approver: { displayName, email: 'sam.lee@example.com', role: 'HR' },
    reason,
    votedAt: '2026-03-13T08:10:00Z',
  });
  const disagreement = (name: string) => ({
    proposed: differing('2', name, name),
    chosen: differing('0', name, name),
  });
  const mails = {
    question: composeApprovalMail(graveView),
    reminder: composeReminderMail({ ...graveView, nth: 2, isEscalation: false }),
    escalation: composeReminderMail({ ...graveView, nth: 0, isEscalation: true }),
    proposal: composeProposalMail({ ...PROPOSED_VIEW, facts: GRAVE_FACTS, link }),
    disagreement: composeDisagreementMail({ ...graveView, ...disagreement('Sam Lee') }),
    'hostile reminder': composeReminderMail({ ...HOSTILE_VIEW, link, nth: 1, isEscalation: true }),
    'hostile proposal': composeProposalMail({ ...HOSTILE_VIEW, link }),
    'hostile disagreement': composeDisagreementMail({ ...HOSTILE_VIEW, link, ...disagreement(HOSTILE_NAME) }),
  };

  it.each(Object.entries(mails))('as %s says the same in both parts and holds one link', (_kind, mail) => {
    expectOneContent(mail);
    expect(mail.html.match(/https?:\/\/[^"\s]+/g)).toEqual([link]);
    expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([link]);
    expect(mail.html).not.toMatch(/<img|\u202e/i);
    expect(mail.subject).not.toMatch(/\p{Cc}|\u202e|https/u);
    expect(mail.subject.length).toBeLessThan(170);
  });

  it.each([mails.question, mails.reminder, mails.escalation, mails.proposal, mails.disagreement])(
    'has the facts and warns: $subject',
    ({ text }) => {
      for (const words of [
        '2 shared folders have no other enabled administrator than the leaver.',
        '* Payroll',
        'A directory manages this user.',
        'Not known: which sites were pushed',
        'Opening the link decides nothing',
      ]) {
        expect(text).toContain(words);
      }
    },
  );

  it('again says which reminder it is, and until when somebody can decide', () => {
    expect(mails.reminder.subject).toBe('Reminder 2: decide about the LastPass account of Jane Doe (disabled)');
    expect(mails.reminder.text).toContain('Somebody can until Thu, 19 March 2026, 17:00:14 Europe/Berlin');
    expect(mails.reminder.text).not.toContain('kept silent');
  });

  it('somebody else says why they are asked', () => {
    expect(mails.escalation.subject).toBe(
      'Decide, because others kept silent: LastPass account of Jane Doe (disabled)',
    );
    expect(mails.escalation.text).toContain('You are asked because others kept silent.');
  });

  it('for the second approval says who chose what and why, and what an own choice would do', () => {
    expect(mails.proposal.subject).toBe(
      'Second approval wanted: Delete the account and its vault (LastPass account of Jane Doe)',
    );
    for (const words of ['Sam Lee, HR', 'Shared account of a closed branch.', 'too makes it the decision']) {
      expect(mails.proposal.text).toContain(words);
    }
  });

  it('wants no second approval of somebody who cannot give it', () => {
    const approver = { displayName: 'Kit Roe', email: 'kit.roe@example.com', role: 'HR' };
    const mail = composeProposalMail({ ...PROPOSED_VIEW, approver, link });
    expect(mail.subject).toContain('First approval recorded');
    expect(mail.text).toContain('not yours to give');
    expect(composeProposalMail({ ...PROPOSER_VIEW, link }).subject).toContain('First approval recorded');
  });

  it('after a disagreement says what each of the two chose and why', () => {
    const text = composeDisagreementMail({
      ...graveView,
      proposed: differing('2', 'Sam Lee', 'Closed branch.'),
      chosen: differing('0', 'Alex Kim', 'The audit runs.'),
    }).text;
    const [, first = '', second = ''] = text.split(/The (?:first|second) choice\n/);
    for (const words of ['Sam Lee, HR', 'Delete the account and its vault', 'Closed branch.'])
      expect(first).toContain(words);
    for (const words of ['Alex Kim, HR', 'Keep the account disabled', 'The audit runs.'])
      expect(second).toContain(words);
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
    ['undone', 'The decision was taken back: the account stays disabled'],
    ['withdrawn', 'HR cancelled the termination: nothing is left to decide'],
    ['nobody-found', 'under another address'],
    ['ambiguous', 'NOT disabled: several LastPass accounts'],
    ['invited-only', 'Withdraw the invitation'],
    ['held-back', 'NOT disabled: the account is held back'],
  ] as const)('of a case that ended as %s says so', (kind, words) => {
    expect(composeOutcomeMail({ ...told, outcome: { kind, summary: 'It ended.' } }).text).toContain(words);
  });

  it('names both who decided, with the reason of each', () => {
    const { text } = composeOutcomeMail({ ...told, outcome: carriedOut, decision: DECISION_OF_TWO });
    const words = ['First approval', 'Sam Lee, HR', 'Second approval', 'Alex Kim, IT security', 'Payroll'];
    for (const one of [...words, '> Shared account of a closed branch.', '> Nothing to keep.']) {
      expect(text).toContain(one);
    }
  });

  it('names who took a decision back, when and why', () => {
    const undone = { by: 'sam.lee@example.com', at: '2026-03-13T09:40:00Z', reason: 'The wrong Jane.' };
    const outcome = { kind: 'undone', summary: 'Nothing was deleted.' } as const;
    const { text } = composeOutcomeMail({ ...told, outcome, decision: EXAMPLE_DECISION, undone });
    for (const words of ['sam.lee@example.com', '10:40:00', 'The wrong Jane.']) expect(text).toContain(words);
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

describe('the mail about news of HR’s that came too late', () => {
  const late = (field: string, problem: string) =>
    composeLateChangeMail({ ...told, decision: EXAMPLE_DECISION, fault: { field, problem, remedy: 'tell HR' } });

  it.each([
    ['detail-type', 'comes too late: “Delete the account and its vault” has been carried out', /and it is too late\./],
    ['detail.data.lastWorkingMoment', 'lies in the future, and the account is disabled already', /It stays disabled\./],
    [
      'detail.data.employee.workEmail',
      'differs from the address whose account is disabled already',
      /stays disabled\./,
    ],
    ['detail.data.terminationId', 'names one of several reports', /another one still stands\.[\s\S]*stays disabled\./],
  ])('about %s says the same in both parts, and what becomes of the account', (field, problem, says) => {
    const mail = late(field, problem);
    expectOneContent(mail);
    expect(mail.text).toMatch(says);
    expect(mail.text).toContain('Tell HR.');
  });

  it('holds no link, whatever the leaver is called', () => {
    const mail = composeLateChangeMail({
      ...told,
      leaver: { ...told.leaver, displayName: HOSTILE_NAME },
      fault: { field: 'detail-type', problem: 'comes too late: it is done', remedy: 'tell HR' },
    });
    expectOneContent(mail);
    expect(mail.html).not.toMatch(/href|<script/i);
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});
