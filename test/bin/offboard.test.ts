import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decideAt, mailsAbout, SAM, untilFound } from '../local-run/people.ts';
import { localOffboard } from './local-offboard.ts';

const JANE = ['--employee-id', 'E-7', '--email', 'jane.doe@example.com', '--name', 'Jane Doe'];
const { url, offboard, offboardApart, start, table, reached } = localOffboard();

/** Task tokens and link hashes of the whole table: what no command may print. */
async function secretsInTable(): Promise<string[]> {
  const { client, tableName } = table();
  const { Items } = await client.send(new ScanCommand({ TableName: tableName }));
  const items = z.array(z.object({ token: z.string().optional(), linkHash: z.string().optional() })).parse(Items);
  return items.flatMap(({ token, linkHash }) => [token, linkHash]).filter((secret) => secret !== undefined);
}

describe('offboard, against the local run', () => {
  it.concurrent('a leaver reported by hand is disabled, listed, shown, decided, and the evidence holds', async () => {
    const { caseId } = await start(...JANE, '--immediate', '--reason', 'Left for good');
    await reached(caseId, 'asked');

    const list = await offboardApart('list');
    expect(list.printed).toMatch(new RegExp(`${caseId}  Jane Doe +asked +\\S.*Sam Security, Ines IT +in 6 d`));

    const shown = await offboardApart('show', caseId);
    expect(shown.printed).toContain('jane.doe@example.com');
    expect(shown.printed).toContain('Disable account: account disabled');
    expect(shown.printed).toContain('waits for a decision, 6 days 23 hours left');
    expect(shown.printed).not.toContain('\u001b[');

    const linkToSam = async () => (await mailsAbout(url(), caseId)).find(({ to }) => to.includes(SAM))?.links[0];
    await decideAt(await untilFound(linkToSam, 'a link'), { choice: '0', leaver: 'jane.doe@example.com' });
    await untilFound(async () => (await reached(caseId, 'finished')).evidence, 'evidence');
    const sealed = await offboardApart('evidence', 'verify', caseId);
    expect(sealed).toMatchObject({ code: 0, complained: '' });
    expect(sealed.printed).toMatch(/chain intact[\s\S]*the same as recorded/);
    expect((await offboard('show', caseId)).printed).toContain('finished: carried-out');

    const secrets = await secretsInTable();
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    const all = [list, shown, await offboard('show', caseId, '--json'), await offboard('list', '--json')];
    for (const { printed } of all) for (const secret of secrets) expect(printed).not.toContain(secret);
  });

  it.concurrent('the same command given twice is one case; a last day ends at midnight in the leaver’s zone', async () => {
    const [lastDay, dayAfter] = [30, 31].map((days) =>
      new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
    );
    const mel = ['--employee-id', 'E-8', '--email', 'mel.burn@example.com', '--name', 'Mel Burn'];
    const when = ['--last-day', lastDay ?? '', '--zone', 'Australia/Melbourne'];
    const one = await start(...mel, ...when);
    const two = await start(...mel, ...when);

    expect(two.caseId).toBe(one.caseId);
    const wallTime = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Australia/Melbourne',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    expect(wallTime.format(new Date(one.lastWorkingMoment))).toBe(`${dayAfter} 00:00`);
    await reached(one.caseId, 'opened');
    expect((await offboard('show', one.caseId)).printed).toContain('opened: waits for the last working moment');
  });

  it.concurrent('an event that no rule of the bus takes is not sent into silence', async () => {
    const unheard = ['--termination-id', 'T-unheard', '--immediate', '--bus', 'default'];
    const ran = await offboard('start', ...JANE, ...unheard);
    expect(ran).toMatchObject({ printed: '', complained: expect.stringMatching(/\S/) });
    expect(ran.code).not.toBe(0);
  });

  it.concurrent('a case that is not there is told with 1, for every command about a case', async () => {
    const nobody = 'case-0123456789abcdef01234567';
    const commands = [
      ['show'],
      ['withdraw', '--reason', 'HR said so'],
      ['reopen', '--reason', 'HR said so'],
      ['evidence', 'verify'],
    ];
    for (const ran of await Promise.all(commands.map((command) => offboard(...command, nobody)))) {
      expect(ran).toMatchObject({
        code: 1,
        printed: '',
        complained: expect.stringContaining('is not in the case table'),
      });
    }
  });
});
