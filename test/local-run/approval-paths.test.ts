import { describe, expect, it } from 'vitest';
import { approvalRun } from './approval-run.ts';
import { enterCode, LABELS, openAs, picture, submit, submitWithCode } from './approval-visits.ts';
import { callsIn } from './left-behind.ts';
import { INES, MARK, newestCode, SAM } from './people.ts';

const program = approvalRun();

describe('one approver suffices for what can be undone', () => {
  it('keep disabled: decided with one click, and a second click on the used link changes nothing', async () => {
    const leaver = 'amir.rahimi@example.com';
    const { sam } = await program.askedAbout(leaver);
    const [page, openedBefore] = [await openAs(program.browser(), sam), await openAs(program.browser(), sam)];
    await picture(page, 'question');
    await submit(page, { choice: '0', leaver });
    await page.getByText(`You decided: ${LABELS['0']}`).waitFor();
    await picture(page, 'keep-disabled');

    await submit(openedBefore, { choice: 'reinstate', leaver });
    await openedBefore.getByText(`You decided: ${LABELS['0']}`).waitFor();
    await picture(openedBefore, 'second-click');
    expect(await openedBefore.getByRole('button').count()).toBe(0);
    expect(await program.accountAtTheEnd(leaver)).toBe('disabled');
    expect(callsIn(program.dataFolder, 'enableuser')).toEqual([]);
  });

  it('reinstate: the link and the address decide nothing, the mailed code does', async () => {
    const leaver = 'beatriz.costa@example.com';
    const { mark } = await program.askedAbout(leaver);
    const page = await openAs(program.browser(), mark);
    await submit(page, { choice: 'reinstate', leaver, reason: 'The contract was renewed.' });
    await page.getByText('Nothing is decided yet.').waitFor();
    await picture(page, 'reinstate-code-asked');
    expect(program.account(leaver)).toBe('disabled');
    await enterCode(page, await newestCode(program.url(), MARK, leaver));
    await page.getByText(`You decided: ${LABELS.reinstate}`).waitFor();
    expect(await program.accountAtTheEnd(leaver)).toBe('enabled');
    await page.reload();
    await picture(page, 'reinstate');
  });
});

describe('what cannot be undone needs two approvers, each with their own mailbox', () => {
  it('remove from the company: the link alone does nothing, one mailed code does not suffice, a second approver’s does', async () => {
    const leaver = 'chen.wei@example.com';
    const { sam, ines } = await program.askedAbout(leaver);
    const page = await openAs(program.browser(), sam);
    await submit(page, { choice: '1', leaver, reason: 'The vault is private.' });
    await page.getByText('Nothing is decided yet.').waitFor();
    await picture(page, 'code-asked');
    expect(program.deletionsOf(leaver)).toEqual([]);
    await enterCode(page, await newestCode(program.url(), SAM, leaver));
    await page.getByText(`You chose: ${LABELS['1']}`).waitFor();
    await picture(page, 'remove-proposed');
    const second = await openAs(program.browser(), ines);
    await submitWithCode(second, INES, { choice: '1', leaver, reason: 'Agreed.' });
    await second.getByText(`Sam Security and Ines IT decided: ${LABELS['1']}`).waitFor();
    await picture(second, 'remove-waits');
    expect(await program.accountAtTheEnd(leaver)).toBe('left with the vault');
    await second.reload();
    await picture(second, 'remove-carried-out');
  });

  it('a wrong code five times: no more tries, not even with the right one; another code can be sent', async () => {
    const leaver = 'daniel.okafor@example.com';
    const { sam } = await program.askedAbout(leaver);
    const page = await openAs(program.browser(), sam);
    await submit(page, { choice: '1', leaver, reason: 'The vault is private.' });
    await page.getByText('Nothing is decided yet.').waitFor();
    const code = await newestCode(program.url(), SAM, leaver);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (const left of ['4 tries are', '3 tries are', '2 tries are', 'One try is']) {
      await enterCode(page, wrong);
      await page.getByText(`That is not the code. ${left} left.`).waitFor();
    }
    await picture(page, 'wrong-code');
    await enterCode(page, wrong);
    await page.getByText('All tries of this code are used up.').waitFor();
    await enterCode(page, code);
    await page.getByText('All tries of this code are used up.').waitFor();
    await picture(page, 'tries-used-up');
    expect(program.account(leaver)).toBe('disabled');

    await page.getByRole('button', { name: 'Send another code' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await enterCode(page, await newestCode(program.url(), SAM, leaver));
    await page.getByText(`You chose: ${LABELS['1']}`).waitFor();
    expect(program.account(leaver)).toBe('disabled');
  });
});
