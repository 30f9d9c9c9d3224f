import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DynamoCaseStore } from '../../lambdas/cases/dynamo-case-store.ts';
import type { Teller } from '../../local/console/console-reporter.ts';
import { decideCase } from '../../local/console/decide-case.ts';
import { readEventFile } from '../../local/console/event-file.ts';
import { hrApiReadLine } from '../../local/console/notification-asides.ts';
import { faultsOfParked } from '../../local/console/parked-faults.ts';
import { reportPartnerEvent, reportWebhook } from '../../local/console/report-notification.ts';
import { createStory, type Story } from '../../local/console/story.ts';
import { SEED_PEOPLE } from '../../local/lastpass-simulator/seed-directory.ts';
import { startLocalRun } from '../../local/run/local-run.ts';
import { GENERIC_OTHERS, GENERIC_TERMINATIONS } from './generic-samples.ts';
import { accountIn, callsIn, directoryIn, evidenceIn } from './left-behind.ts';
import { newFolder, startProgram } from './program.ts';

const FIXTURES = 'test/fixtures/hr';
const JANE = 'jane.doe@example.com';

/** Samples after which the leaver's account is disabled, with how the employment is named in them. */
const TERMINATIONS = [
  { sample: 'okta/terminated', id: '00u2jane0example00001' },
  { sample: 'bamboohr/terminated', id: '67890' },
  { sample: 'bamboohr/field-based', id: '67890' },
  { sample: 'bamboohr/scheduled', id: '67890' },
  { sample: 'bamboohr/rescheduled', id: '67890' },
  { sample: 'hibob/terminated', id: '3332883854254932743' },
  { sample: 'hibob/access-revoked', id: '3332883854254932743' },
  { sample: 'gusto/terminated', id: 'bcfc9744-0ab3-4ef3-ab0d-e728255d659c' },
  { sample: 'gusto/scheduled', id: 'bcfc9744-0ab3-4ef3-ab0d-e728255d659c' },
  { sample: 'peopleforce/terminated', id: '133710' },
  { sample: 'generic/workday-like-terminated', id: 'TERM-2026-0117' },
];

/** Samples that end nobody's employment, with what is told of each. */
const OTHERS = [
  { sample: 'okta/failed', says: /^$/ },
  { sample: 'okta/suspended', says: /^$/ },
  { sample: 'okta/two-users', says: /event parked.*\n.*\.target has not exactly one User; compare/ },
  { sample: 'bamboohr/cancelled', says: /"Employee Termination Cancelled" is on the bus/ },
  { sample: 'bamboohr/deleted', says: /event parked.*\n.* record was deleted/ },
  { sample: 'bamboohr/ignored', says: /nothing to do: neither status nor termination date changed/ },
  { sample: 'okta/activated', says: /"Employee Reactivated" is on the bus/ },
  { sample: 'okta/reactivated', says: /"Employee Reactivated" is on the bus/ },
  { sample: 'okta/unsuspended', says: /"Employee Reactivated" is on the bus/ },
  { sample: 'bamboohr/rehired', says: /"Employee Termination Cancelled" is on the bus/ },
  { sample: 'hibob/activated', says: /"Employee Reactivated" is on the bus/ },
  { sample: 'hibob/joined', says: /"Employee Reactivated" is on the bus/ },
  { sample: 'hibob/rehired', says: /"Employee Reactivated" is on the bus/ },
  { sample: 'hibob/inactivated', says: /nothing to do: the event neither ends an employment nor begins one/ },
  { sample: 'hibob/ping', says: /nothing to do: Bob tries out the webhook/ },
  { sample: 'gusto/cancelled', says: /"Employee Termination Cancelled" is on the bus/ },
  { sample: 'gusto/rehired', says: /"Employee Rehired" is on the bus/ },
  { sample: 'gusto/rehire-entered', says: /nothing to do/ },
  { sample: 'peopleforce/created', says: /nothing to do: the event ends no employment/ },
  { sample: 'peopleforce/reverted', says: /"Employee Termination Cancelled" is on the bus/ },
  { sample: 'generic/workday-like-rescinded', says: /"Employee Termination Cancelled" is on the bus/ },
];

/** By the generic webhook, of systems that the run must be given. */
const GIVEN = {
  terminations: GENERIC_TERMINATIONS.map((sample) => ({ sample, id: undefined })),
  others: GENERIC_OTHERS.map((sample) => ({ sample, says: /nothing to do: none of the configured events/ })),
};
const ALL_TERMINATIONS = [...TERMINATIONS, ...GIVEN.terminations];
const ALL_OTHERS = [...OTHERS, ...GIVEN.others];

const ORDINARY = SEED_PEOPLE.map(({ username }) => username).slice(-ALL_TERMINATIONS.length);
const dataFolder = newFolder();
const told: string[] = [];
let teller: Teller;

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  let story: Story | undefined;
  const run = await startLocalRun({
    port: 0,
    dataFolder,
    lastPass: { kind: 'simulated', contract: 'lastpass' },
    hrSystems: await givenSystems(),
    onEvent: (event) => story?.hear(event),
    onHrApiRead: (read) => story?.say(hrApiReadLine(read)),
  });
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const cases = new DynamoCaseStore({ client, tableName: run.tableName, now: () => new Date() });
  const print = (line: string) => void told.push(stripVTControlCharacters(line));
  story = createStory({ cases, faultsOf: (parkedId) => faultsOfParked(run.tableName, parkedId), print });
  teller = { run, cases, story };
});
afterAll(() => teller.run.close());

async function givenSystems() {
  const reports = await Promise.all(
    GENERIC_TERMINATIONS.map((sample) => readEventFile(join(FIXTURES, `${sample}.json`))),
  );
  return reports.flatMap((report) => (report.kind === 'webhook' ? report.system : []));
}

/** What `npm start -- SAMPLE --decide 0` does; `change` makes another sample of it first. */
async function decideOn(sample: string, change = (text: string) => text): Promise<number> {
  const file = join(newFolder(), basename(sample));
  writeFileSync(file, change(readFileSync(join(FIXTURES, `${sample}.json`), 'utf8')));
  const beside = join(FIXTURES, dirname(sample), 'hr-system.json');
  if (existsSync(beside)) cpSync(beside, join(dirname(file), 'hr-system.json'));
  const report = await readEventFile(file);
  if (report.kind === 'event') throw new TypeError(`${sample} is no notification`);
  const { run } = teller;
  const reported = await (report.kind === 'webhook' ? reportWebhook(run, report) : reportPartnerEvent(run, report));
  return decideCase(teller, '0', reported);
}

it('every sample of every HR system is among these', () => {
  const files = globSync('*/*.json', { cwd: FIXTURES, exclude: ['**/systems.json', '**/hr-system.json'] });
  const samples = files.map((file) => file.replace(/\.json$/, ''));
  const here = [...ALL_TERMINATIONS, ...ALL_OTHERS].map(({ sample }) => sample);
  expect(here.sort()).toEqual(samples.sort());
});

describe('what HR systems say of others than leavers opens no case, and is told with its reason', () => {
  it.each(ALL_OTHERS)('$sample', async ({ sample, says }) => {
    const before = told.length;

    expect(await decideOn(sample)).toBe(1);

    expect(told.slice(before).join('\n')).toMatch(says);
    expect(callsIn(dataFolder, 'disableuser')).toEqual([]);
  });
});

describe.concurrent('a leaver is disabled whichever HR system says so, and a decision ends the case', () => {
  it.each(ALL_TERMINATIONS.map((one, index) => ({ ...one, index })))('$sample', async ({ sample, id, index }) => {
    const leaver = ORDINARY[index] ?? '';
    // Each sample about somebody else and, where others are of the same system, about an employment of its own.
    const about = (text: string) => {
      const theirs = text.replaceAll(JANE, leaver);
      return id === undefined ? theirs : theirs.replaceAll(id, `${id.slice(0, -2)}${10 + index}`);
    };

    expect(await decideOn(sample, about)).toBe(0);

    expect(accountIn(dataFolder, leaver)).toBe('disabled');
  });
});

it('nobody else was disabled, and each decision is evidenced', () => {
  const disabled = directoryIn(dataFolder).users.filter(({ isDisabled }) => isDisabled);
  expect(disabled.map(({ username }) => username).sort()).toEqual([...ORDINARY, 'dora.disabled@example.com'].sort());
  const carriedOut = evidenceIn(dataFolder).filter(({ outcome }) => outcome.kind === 'carried-out');
  expect(carriedOut.map(({ isIntact }) => isIntact)).toEqual(ORDINARY.map(() => true));
});

it('the story says who told of it, what was asked of their API, and what went on the bus', () => {
  const story = told.join('\n');
  expect(story).toMatch(/Webhook +BambooHR tells of a change; the signature is right\n/);
  expect(story).toMatch(/BambooHR API +GET \/employees\/\d+ is answered 200\n/);
  expect(story).toMatch(/Partner event +came over aws\.partner\/okta\.com\/example\/offboarding\n/);
  expect(story).toMatch(/Translation +"Employee Terminated" is on the bus\n/);
});

it('a delivery that is signed with another key is refused, and nothing comes of it', async () => {
  const report = await readEventFile(join(FIXTURES, 'hibob/terminated.json'));
  if (report.kind !== 'webhook') throw new TypeError('no webhook');
  const forged = { ...report, system: { ...report.system, signingKey: 'a-key-of-somebody-else' } };
  const before = told.length;

  await expect(reportWebhook(teller.run, forged)).rejects.toThrow(/^HiBob’s webhook was answered 401: .*signature/);

  await teller.run.eventBridge.idle();
  expect(told.slice(before)).toEqual([]);
});

describe('npm start', () => {
  it('takes a partner’s event from a file, and decides', async () => {
    const args = [`${FIXTURES}/okta/terminated.json`, '--decide', '0', '--port', '0', '--data', newFolder()];
    const program = startProgram(args);

    expect((await program.ended).code, program.complained()).toBe(0);
    expect(program.printed()).toContain('chain intact');
  });

  it.each(['event, done', 'event, done #2'])('killed at "%s" it goes on where it was', async (moment) => {
    const folder = newFolder();
    const where = ['--port', '0', '--data', folder];
    const nodeArgs = ['--import', './test/local-run/kill-at-moment.ts'];
    const killed = startProgram([`${FIXTURES}/bamboohr/terminated.json`, ...where], {
      env: { KILL_AT: moment },
      nodeArgs,
    });
    expect((await killed.ended).signal, killed.printed()).toBe('SIGKILL');

    const again = startProgram(where);
    await again.seen(/Decide case-[0-9a-f]{24} in the browser/);
    again.kill('SIGINT');

    expect((await again.ended).code).toBe(0);
    expect(accountIn(folder, JANE)).toBe('disabled');
  });
});
