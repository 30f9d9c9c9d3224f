import { expect, test } from 'vitest';
import { composeNewsMail } from '../../../lambdas/presentation/mails/news-mail.ts';
import { HELD, HOSTILE_NEWS, REINSTATING, TAKEN_BACK } from './example-news.ts';

const LINK = 'https://approvals.example.com/approvals/AbCdEf';
const approver = { timeZone: 'Europe/Berlin', isOperator: false };
const operator = { timeZone: 'Europe/Berlin', isOperator: true };

test('what is held says who decided what, until when it waits, and how it is taken back', () => {
  const { subject, text } = composeNewsMail(HELD, { ...approver, link: LINK });

  expect(subject).toBe('Can still be stopped: Delete the account and its vault (LastPass account of Jane Doe)');
  expect(text).toContain('Sam Lee and Alex Kim decided: Delete the account and its vault.');
  expect(text).toContain('It waits until Sat, 14 March 2026, 10:30:00 Europe/Berlin');
  expect(text).toContain(LINK);
  expect(text).not.toContain('offboard undo');
});

test('operators get the command and nobody’s link', () => {
  const { text } = composeNewsMail(HELD, operator);

  expect(text).toContain(`offboard undo ${HELD.caseId} --reason`);
  expect(text).not.toContain('http');
});

test('what was taken back names who did it, when and why, and how to go on', () => {
  const { subject, text } = composeNewsMail(TAKEN_BACK, approver);

  expect(subject).toBe('Taken back: Delete the account and its vault (LastPass account of Jane Doe)');
  expect(text).toContain('Sam Lee took back what Sam Lee and Alex Kim had decided');
  expect(text).toContain('The wrong Jane.');
  expect(composeNewsMail(TAKEN_BACK, operator).text).toContain(`offboard reopen ${HELD.caseId}`);
});

test('of an operator who took it back the identity at AWS is told', () => {
  const by = 'arn:aws:sts::111122223333:assumed-role/Operators/ola';
  const news = { ...TAKEN_BACK, takenBack: { decisionId: 'b6d8', by, at: '2026-03-13T10:05:00Z' } };

  expect(composeNewsMail(news, approver).text).toContain(`${by} took back what`);
});

test('reinstating says that the leaver can log in again, and what to do if that is not right', () => {
  const { subject, text } = composeNewsMail(REINSTATING, approver);

  expect(subject).toBe('Access is given back (LastPass account of Jane Doe)');
  expect(text).toContain('the leaver can log in again');
  expect(text).toContain('Disable the account at once in the LastPass Admin Console');
});

test('what people wrote brings neither markup nor a header nor a link', () => {
  for (const reader of [approver, operator]) {
    const { subject, text, html } = composeNewsMail(HOSTILE_NEWS, reader);
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(html).not.toContain('<img');
    for (const part of [subject, text, html]) expect(part).not.toContain('https://evil.example');
  }
});
