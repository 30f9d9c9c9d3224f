import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { approvalRun } from './approval-run.ts';
import { LABELS, openAs, picture, submit, submitWithCode } from './approval-visits.ts';
import { INES, MARK, mailsAbout, SAM } from './people.ts';

const program = approvalRun();

const said = (page: Page) => page.locator('main').innerText();

describe('destroying a vault needs two approvers in different roles', () => {
  const leaver = 'sole.keeper@example.com';

  it('the second sees what the first chose and why, and which folders nobody would administer', async () => {
    const { sam, ines } = await program.askedAbout(leaver);
    const first = await openAs(program.browser(), sam);
    await submitWithCode(first, SAM, { choice: '2', leaver, reason: 'Handed over to Farid; nothing to keep.' });
    await first.getByText(`You chose: ${LABELS['2']}`).waitFor();
    await picture(first, 'first-of-two');
    expect(program.account(leaver)).toBe('disabled');

    const second = await openAs(program.browser(), ines);
    const seen = await said(second);
    for (const told of ['Sam Security', LABELS['2'], 'Handed over to Farid; nothing to keep.', 'Shared-Payroll'])
      expect(seen).toContain(told);
    await picture(second, 'second-of-two');
    expect(program.deletionsOf(leaver)).toEqual([]);
    await submitWithCode(second, INES, { choice: '2', leaver, reason: 'Checked with Finance.' });
    await second.getByText(`Sam Security and Ines IT decided: ${LABELS['2']}`).waitFor();
    expect(await program.accountAtTheEnd(leaver)).toBe('destroyed with the vault');
    await first.goto(sam);
    expect(await said(first)).toContain('Checked with Finance.');
    await picture(first, 'two-of-two');
  });

  it('who choose differently decide nothing, and both are asked again', async () => {
    const other = 'elena.petrova@example.com';
    const { sam, ines } = await program.askedAbout(other);
    const first = await openAs(program.browser(), sam);
    await submitWithCode(first, SAM, { choice: '2', leaver: other, reason: 'Nothing to keep.' });
    await first.getByText(`You chose: ${LABELS['2']}`).waitFor();
    const second = await openAs(program.browser(), ines);
    await submit(second, { choice: '0', leaver: other, reason: 'Finance still looks for a receipt.' });
    await second.getByText('Nothing is decided.').waitFor();
    await picture(second, 'disagreement');
    expect(program.account(other)).toBe('disabled');
    const asked = await mailsAbout(program.url(), 'Finance still looks for a receipt.');
    expect(asked.map(({ to }) => to.join()).sort()).toEqual([INES, MARK, SAM]);

    await first.getByRole('link', { name: 'Open the question again' }).click();
    await submit(first, { choice: '0', leaver: other });
    await first.getByText(`You decided: ${LABELS['0']}`).waitFor();
    expect(await program.accountAtTheEnd(other)).toBe('disabled');
  });

  it('a page opened before the first of them chose is stale, and decides nothing', async () => {
    const other = 'farid.haddad@example.com';
    const { sam, ines } = await program.askedAbout(other);
    const stale = await openAs(program.browser(), ines);
    const first = await openAs(program.browser(), sam);
    await submitWithCode(first, SAM, { choice: '2', leaver: other, reason: 'Nothing to keep.' });
    await first.getByText(`You chose: ${LABELS['2']}`).waitFor();

    await submit(stale, { choice: '0', leaver: other });
    await stale.getByText('The facts have changed since this page was opened.').waitFor();
    expect(await said(stale)).toContain('Nothing to keep.');
    await picture(stale, 'stale-page');
    expect(program.deletionsOf(other)).toEqual([]);
    await stale.getByRole('button', { name: 'Record this decision' }).click();
    await stale.getByText('Nothing is decided.').waitFor();
  });
});
