import { GetCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { challengeKey } from '../../../lambdas/cases/table-keys.ts';
import { hashLinkId } from '../../../lambdas/domain/link-id.ts';
import { CONFIRMED_BY } from '../../../lambdas/domain/voting-rules.ts';
import { confirmCode } from '../../../lambdas/step-up/confirm-code.ts';
import { createCodeChallengeStore } from '../../../lambdas/step-up/dynamo-challenge-store.ts';
import { aLink, SUBMISSION } from '../presentation/text/example-confirmation.ts';
import { codeExchange, howMany, wrongCode } from './code-exchange.ts';
import { sendingWritesTwice } from './lost-answers.ts';

describe('the mailed code', () => {
  it('confirms what it was asked for, once', async () => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();

    expect(await confirm(newestCode())).toEqual({ kind: 'confirmed', by: 'code' });
    expect(await confirm(newestCode())).toEqual({ kind: 'used' });
  });

  it('is good for ten minutes', async () => {
    const { request, confirm, newestCode, clock } = await codeExchange();
    await request();
    clock.advance({ seconds: 599 });
    expect((await confirm(wrongCode(newestCode()))).kind).toBe('wrong');
    clock.advance({ seconds: 1 });
    expect(await confirm(newestCode())).toEqual({ kind: 'expired' });
  });

  it('allows five tries, and the right code comes too late afterwards', async () => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();
    const wrong = wrongCode(newestCode());
    const results = [];
    for (let guess = 0; guess < 5; guess += 1) results.push(await confirm(wrong));

    const counted = [4, 3, 2, 1].map((triesLeft) => ({ kind: 'wrong', triesLeft }));
    expect(results).toEqual([...counted, { kind: 'too-many' }]);
    expect(await confirm(newestCode())).toEqual({ kind: 'too-many' });
  });

  it('that can be no code costs no try', async () => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();
    for (const entered of ['', '12345', 'abcdef', '1234567']) {
      expect(await confirm(entered)).toEqual({ kind: 'malformed' });
    }
    expect(await confirm(wrongCode(newestCode()))).toEqual({ kind: 'wrong', triesLeft: 4 });
  });

  it.each([
    ['choice', { choice: '1' }],
    ['reason', { reason: 'Something else' }],
    ['missing reason', { reason: undefined }],
    ['page shown', { shownHash: 'f'.repeat(64) }],
    ['folder more', { acknowledgedFolders: ['Finance', 'Payroll', 'Board'] }],
    ['folder less', { acknowledgedFolders: ['Finance'] }],
    ['attestation', { attestsTransfer: false }],
  ] as const)('confirms no other submission: another %s', async (_what, change) => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();

    expect(await confirm(newestCode(), { submission: { ...SUBMISSION, ...change } })).toEqual({ kind: 'mismatch' });
    expect(await confirm(newestCode())).toEqual({ kind: 'confirmed', by: 'code' });
  });

  it('does not care in which order folders were ticked', async () => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();
    const submission = { ...SUBMISSION, acknowledgedFolders: SUBMISSION.acknowledgedFolders.toReversed() };

    expect((await confirm(newestCode(), { submission })).kind).toBe('confirmed');
  });

  it('confirms on no other link and for no other case', async () => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();

    expect(await confirm(newestCode(), aLink())).toEqual({ kind: 'expired' });
    expect(await confirm(newestCode(), { caseId: 'case-4712-t1' })).toEqual({ kind: 'mismatch' });
  });

  it('is replaced by a newer one', async () => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();
    const older = newestCode();
    await request({ ...SUBMISSION, choice: '1' });
    if (older === newestCode()) return;

    expect(await confirm(older)).toEqual({ kind: 'mismatch' });
    expect((await confirm(older, { submission: { ...SUBMISSION, choice: '1' } })).kind).toBe('wrong');
  });

  it('is in the table only sealed, beside the hash of its link', async () => {
    const { request, newestCode, link, documents, tableName } = await codeExchange();
    await request();
    const Key = challengeKey(hashLinkId(link.linkId), 'code-challenge');
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key }));

    expect(Item).toMatchObject({ caseId: link.caseId, triesLeft: 5 });
    expect(JSON.stringify(Item)).not.toContain(link.linkId);
    expect(Object.values(Item ?? {})).not.toContain(newestCode());
  });
});

describe('guessing', () => {
  it('50 guesses at the same moment have five tries', async () => {
    const { request, deps, codes, link, newestCode } = await codeExchange();
    await request();
    const code = newestCode();
    let tries = 0;
    const counting = {
      ...codes,
      async spendTry(...call: Parameters<typeof codes.spendTry>) {
        const left = await codes.spendTry(...call);
        if (left !== undefined) tries += 1;
        return left;
      },
    };
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, by) =>
        confirmCode(
          { ...deps, codes: counting },
          { ...link, submission: SUBMISSION, code: wrongCode(code, by + 1), accepted: CONFIRMED_BY },
        ),
      ),
    );

    expect(tries).toBe(5);
    expect(howMany(results, 'wrong')).toBe(4);
    expect(howMany(results, 'too-many')).toBe(46);
    expect((await codes.find(hashLinkId(link.linkId)))?.triesLeft).toBe(0);
  });

  it('the right code sent 50 times at once confirms once', async () => {
    const { request, confirm, newestCode } = await codeExchange();
    await request();
    const results = await Promise.all(Array.from({ length: 50 }, () => confirm(newestCode())));

    expect(howMany(results, 'confirmed')).toBe(1);
    expect(results.every(({ kind }) => ['confirmed', 'used', 'too-many'].includes(kind))).toBe(true);
  });

  it('no sequence of up to 20 wrong guesses, at once or one by one, confirms; after five not even the right code', async () => {
    const { request, confirm, newestCode, clock, mailbox, link } = await codeExchange();
    const batches = fc
      .array(fc.array(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 7 }), { maxLength: 8 })
      .map((all) => all.filter((_, index) => all.slice(0, index + 1).flat().length <= 20));
    await fc.assert(
      fc.asyncProperty(batches, async (guesses) => {
        Object.assign(link, aLink());
        await request();
        const code = newestCode();
        const results = [];
        for (const batch of guesses) {
          results.push(...(await Promise.all(batch.map((by) => confirm(wrongCode(code, by))))));
        }
        const last = await confirm(code);

        expect(howMany(results, 'confirmed')).toBe(0);
        expect(howMany(results, 'wrong')).toBe(Math.min(results.length, 4));
        expect(last.kind).toBe(results.length >= 5 ? 'too-many' : 'confirmed');
        mailbox.sent.length = 0;
        clock.advance({ seconds: 1 });
      }),
      { numRuns: 12 },
    );
  });
});

describe('when two things happen at once', () => {
  it('a try for a code that is replaced meanwhile says so, and takes nothing from the new one', async () => {
    const { request, deps, codes, link, newestCode } = await codeExchange();
    await request();
    const code = newestCode();
    const replacing = {
      ...codes,
      async spendTry(...call: Parameters<typeof codes.spendTry>) {
        await request();
        return codes.spendTry(...call);
      },
    };

    const checked = await confirmCode(
      { ...deps, codes: replacing },
      { ...link, submission: SUBMISSION, code, accepted: CONFIRMED_BY },
    );

    expect(checked).toEqual({ kind: 'expired' });
    expect((await codes.find(hashLinkId(link.linkId)))?.triesLeft).toBe(5);
  });

  it('a code whose time ends between reading and trying is not tried', async () => {
    const { request, codes, link, clock } = await codeExchange();
    await request();
    const challenge = await codes.find(hashLinkId(link.linkId));
    if (challenge === undefined) throw new Error('no challenge');
    clock.advance({ seconds: 600 });

    expect(await codes.spendTry(challenge, clock.now().toISOString())).toBeUndefined();
    expect(await codes.use(challenge, clock.now().toISOString())).toBe(false);
  });

  it('a use whose answer got lost is still ours when the SDK sends it again', async () => {
    const { request, codes, link, clock, documents, tableName } = await codeExchange();
    await request();
    const challenge = await codes.find(hashLinkId(link.linkId));
    if (challenge === undefined) throw new Error('no challenge');
    const twice = createCodeChallengeStore({ client: sendingWritesTwice(documents), tableName });

    expect(await twice.use(challenge, clock.now().toISOString())).toBe(true);
    expect(await codes.use(challenge, clock.now().toISOString())).toBe(false);
  });
});
