import { describe, expect, it } from 'vitest';
import { accountIn, callsIn, evidenceIn, executionsIn } from './left-behind.ts';
import { decideAt, linksAbout } from './people.ts';
import { IMMEDIATE, newFolder, startProgram } from './program.ts';

const LEAVER = 'jane.doe@example.com';

describe('a case that waits for people', () => {
  it('survives a kill: the same link decides on another port, and Ctrl-C ends in peace', async () => {
    const data = newFolder();
    const first = startProgram([IMMEDIATE, '--port', '0', '--hold', '1', '--data', data]);
    await first.seen(/Decide case-\w+ in the browser; opening a link decides nothing/);
    const { sam, ines } = await linksAbout(await first.url, LEAVER);
    first.kill('SIGKILL');
    await first.ended;

    const second = startProgram(['--port', '0', '--hold', '1', '--data', data]);
    const url = await second.url;
    const [taken] = await second.seen(/Taken up again: case-\w+, asked/);
    const elsewhere = new URL(new URL(sam).pathname, url).href;
    await second.seen(new RegExp(`${elsewhere}\\n`));
    const leave = { choice: '1', leaver: LEAVER, reason: 'Vault is private.' };
    expect((await decideAt(elsewhere, leave)).text).toContain('You chose: Remove from the company');
    const { text } = await decideAt(new URL(new URL(ines).pathname, url).href, leave);
    expect(text).toContain('Ines IT decided: Remove from the company');
    await second.seen(/Evidence: .*chain intact/);
    second.kill('SIGINT');

    expect(await second.ended).toEqual({ code: 0, signal: null });
    expect(second.printed()).toMatch(/Stopping\. What is unfinished goes on at the next start\.\n$/);
    expect(second.complained()).toBe('');
    expect(second.printed().split(taken)).toHaveLength(2);
    expect(accountIn(data, LEAVER)).toBe('left with the vault');
    expect(callsIn(data, 'disableuser')).toHaveLength(1);
  });
});

describe('a case that has ended', () => {
  it('is not opened again by the same event: that is told as a duplicate, also to who would decide otherwise', async () => {
    const data = newFolder();
    const decide = (choice: string) => [IMMEDIATE, '--decide', choice, '--port', '0', '--hold', '1', '--data', data];
    expect((await startProgram(decide('2')).ended).code).toBe(0);

    const again = startProgram(decide('2'));
    expect((await again.ended).code).toBe(0);
    expect(again.printed()).toMatch(/duplicate: this case belongs to execution [\w-]+\n/);
    expect(again.printed()).not.toContain('case opened');
    const otherwise = startProgram(decide('reinstate'));
    expect((await otherwise.ended).code).toBe(1);

    expect(evidenceIn(data)).toHaveLength(1);
    expect(Object.values(executionsIn(data))).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect(callsIn(data, 'deluser')).toHaveLength(1);
    expect(callsIn(data, 'enableuser')).toEqual([]);
  });
});
