import { expect, it } from 'vitest';
import { hashLinkId } from '../../../lambdas/domain/link-id.ts';
import { createCodeChallengeStore } from '../../../lambdas/step-up/dynamo-challenge-store.ts';
import { ALEX } from '../presentation/text/example-confirmation.ts';
import { codeExchange } from './code-exchange.ts';
import { sendingWritesTwice } from './lost-answers.ts';

it('goes to the approver’s own mailbox and says how long it is good for', async () => {
  const { request, mailbox } = await codeExchange();

  expect(await request()).toEqual({ kind: 'sent', expiresAt: '2026-03-13T09:10:00.000Z' });
  expect(mailbox.sent.map(({ to }) => to)).toEqual([ALEX]);
});

it('can be had five times within any hour, and the fifth still works', async () => {
  const { request, confirm, newestCode, clock, mailbox } = await codeExchange();
  for (let minute = 0; minute < 5; minute += 1) {
    expect((await request()).kind).toBe('sent');
    clock.advance({ seconds: 60 });
  }

  expect(await request()).toEqual({ kind: 'too-often', retryAt: '2026-03-13T10:00:00.000Z' });
  expect(mailbox.sent).toHaveLength(5);
  expect((await confirm(newestCode())).kind).toBe('confirmed');
  clock.set('2026-03-13T10:00:00.000Z');
  expect((await request()).kind).toBe('sent');
  expect(await request()).toEqual({ kind: 'too-often', retryAt: '2026-03-13T10:01:00.000Z' });
});

it('can be had twenty times for a link, however long it is open', async () => {
  const { request, mailbox, codes, link } = await codeExchange();
  await request();
  const first = await codes.find(hashLinkId(link.linkId));
  if (first === undefined) throw new Error('no challenge');
  const issuedAt = Array.from({ length: 19 }, (_, day) => new Date(Date.UTC(2026, 1, day + 1)).toISOString());
  await codes.keep({ ...first, issuedAt }, first);

  expect((await request()).kind).toBe('sent');
  expect(await request()).toEqual({ kind: 'too-often' });
  expect(mailbox.sent).toHaveLength(2);
});

it('asked for ten times at the same moment, is sent once', async () => {
  const { request, mailbox, confirm, newestCode } = await codeExchange();
  const results = await Promise.all(Array.from({ length: 10 }, () => request()));

  expect(results.filter(({ kind }) => kind === 'sent')).toHaveLength(1);
  expect(results.filter(({ kind }) => kind === 'just-sent')).toHaveLength(9);
  expect(mailbox.sent).toHaveLength(1);
  expect((await confirm(newestCode())).kind).toBe('confirmed');
});

it('does not get lost without a word when the mail cannot be sent', async () => {
  const { request, mailbox, faults } = await codeExchange();
  mailbox.broken.add(ALEX);

  expect(await request()).toEqual({ kind: 'not-sent' });
  expect(faults).toHaveLength(1);
  mailbox.broken.clear();
  expect((await request()).kind).toBe('sent');
});

it('a code that is kept although the answer got lost is sent', async () => {
  const { codes, request, link, documents, tableName, clock } = await codeExchange();
  await request();
  const previous = await codes.find(hashLinkId(link.linkId));
  if (previous === undefined) throw new Error('no challenge');
  const twice = createCodeChallengeStore({ client: sendingWritesTwice(documents), tableName });

  expect(await twice.keep({ ...previous, challengeId: 'next' }, previous)).toBe(true);
  expect(await codes.keep({ ...previous, challengeId: 'late' }, previous)).toBe(false);
  expect(await codes.spendTry(previous, clock.now().toISOString())).toBeUndefined();
});
