import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sealedObjects } from '../local-run/left-behind.ts';
import { clientOptions, decideAt, linksAbout, untilFound } from '../local-run/people.ts';
import { newFolder, startProgram } from '../local-run/program.ts';
import { runOffboard } from './run-offboard.ts';

const JANE = ['--employee-id', 'E-7', '--email', 'jane.doe@example.com', '--name', 'Jane Doe'];
const startedSchema = z.object({ caseId: z.string(), terminationId: z.string(), lastWorkingMoment: z.string() });
const listedSchema = z.array(z.object({ caseId: z.string(), status: z.string(), outcome: z.string().optional() }));

const folder = newFolder();
let url = '';
beforeAll(async () => {
  url = await startProgram(['--port', '0', '--data', folder, '--hold', '0']).url;
});

const offboard = (...args: string[]) => runOffboard(['--endpoint-url', url, ...args]);

async function start(...args: string[]) {
  const ran = await offboard('start', ...args, '--json');
  expect(ran.complained).toBe('');
  return startedSchema.parse(ran.json());
}

/** The case as `list` shows it, once it is in a status. */
function listed(caseId: string, status: string) {
  return untilFound(async () => {
    const cases = listedSchema.parse((await offboard('list', '--status', status, '--json')).json());
    return cases.find((one) => one.caseId === caseId);
  }, `${caseId} to be ${status}`);
}

/** Task tokens and link hashes of the whole table: what no command may print. */
async function secretsInTable(): Promise<string[]> {
  const client = new DynamoDBClient(clientOptions(url));
  const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand({}));
  const secrets: string[] = [];
  for await (const { Items } of paginateScan({ client }, { TableName })) {
    for (const { token, linkHash } of Items ?? [])
      secrets.push(...[token?.S, linkHash?.S].filter((one) => one !== undefined));
  }
  return secrets;
}

describe('offboard, against the local run', () => {
  it.concurrent('a leaver reported by hand is disabled, listed, shown, decided, and the evidence holds', async () => {
    const { caseId } = await start(...JANE, '--immediate', '--reason', 'Left for good');
    await listed(caseId, 'asked');

    const list = await offboard('list');
    expect(list.printed).toMatch(new RegExp(`${caseId}  Jane Doe +asked +\\S.*Sam Security, Ines IT +in 6 d`));

    const shown = await offboard('show', caseId);
    expect(shown.printed).toContain('jane.doe@example.com');
    expect(shown.printed).toContain('Disable account: account disabled');
    expect(shown.printed).toContain('waits for a decision, 6 days 23 hours left');
    expect(shown.printed).not.toContain('\u001b[');

    const [first] = await linksAbout(url, 'jane.doe@example.com');
    await decideAt(first?.link ?? '', { choice: '0' });
    expect(await listed(caseId, 'finished')).toMatchObject({ outcome: 'carried-out' });
    const sealed = await untilFound(async () => {
      const ran = await offboard('evidence', 'verify', caseId);
      return ran.code === 0 ? ran : undefined;
    }, 'evidence that holds');
    expect(sealed.printed).toMatch(/chain intact[\s\S]*the same as recorded/);
    expect((await offboard('show', caseId)).printed).toContain('finished: carried-out');

    const secrets = await secretsInTable();
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    const all = [list, shown, await offboard('show', caseId, '--json'), await offboard('list', '--json')];
    for (const { printed } of all) for (const secret of secrets) expect(printed).not.toContain(secret);
  });

  it.concurrent('a file of evidence is refused when an entry was changed, or anything else against the recorded hash', async () => {
    const [file = ''] = await untilFound(async () => {
      const files = sealedObjects(folder, 'cases');
      return files.length > 0 ? files : undefined;
    }, 'sealed evidence');
    const text = readFileSync(file, 'utf8');
    const copy = join(newFolder(), 'evidence.json');
    writeFileSync(copy, text.replace('"what":"account disabled"', '"what":"account enabled"'));

    expect(await offboard('evidence', 'verify', file)).toMatchObject({ code: 0 });
    const changed = await offboard('evidence', 'verify', copy, '--json');
    expect(changed).toMatchObject({ code: 1, complained: expect.stringContaining('entry 3 of the timeline') });
    expect(changed.json()).toMatchObject({ isIntact: false, isChainIntact: false });
    const elsewhere = join(newFolder(), 'evidence.json');
    writeFileSync(elsewhere, text.replace('"outcome"', '"result"'));
    const recorded = createHash('sha256').update(text).digest('hex');
    expect(await offboard('evidence', 'verify', file, '--sha256', recorded)).toMatchObject({ code: 0 });
    const otherHash = await offboard('evidence', 'verify', elsewhere, '--sha256', recorded);
    expect(otherHash).toMatchObject({
      code: 1,
      complained: expect.stringContaining('SHA-256 is not the recorded one'),
    });
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
    await listed(one.caseId, 'opened');
    expect((await offboard('show', one.caseId)).printed).toContain('opened: waits for the last working moment');
  });

  it.concurrent('an event that no rule of the bus takes is not sent into silence', async () => {
    const ran = await offboard(
      'start',
      ...JANE,
      '--termination-id',
      'T-unheard',
      '--immediate',
      '--source',
      'org.nobody',
    );
    expect(ran).toMatchObject({ code: 2, printed: '', complained: expect.stringContaining('--source') });
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
